package api_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// The tests in this file hold the contract against the technical rules of the
// NLGov REST API Design Rules 2.2 that a document can show.

func document(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(api.Spec())
	require.NoError(t, err)
	return doc
}

// eachOperation calls f with every call of the contract, as `GET /path`.
func eachOperation(t *testing.T, f func(t *testing.T, method, path string, o *openapi3.Operation)) {
	t.Helper()
	for path, item := range document(t).Paths.Map() {
		for method, operation := range item.Operations() {
			t.Run(method+" "+path, func(t *testing.T) { f(t, method, path, operation) })
		}
	}
}

// eachProperty calls f with every property of every schema of the contract.
func eachProperty(t *testing.T, f func(path, name string, p *openapi3.Schema)) {
	t.Helper()
	for component, ref := range document(t).Components.Schemas {
		for name, property := range ref.Value.Properties {
			f(component+"."+name, name, property.Value)
		}
	}
}

func TestDocumentIsValidWithItsExamples(t *testing.T) {
	require.NoError(t, document(t).Validate(context.Background(), openapi3.EnableExamplesValidation()))
}

func TestDocumentSaysWhoAndWhichVersion(t *testing.T) {
	doc := document(t)
	require.Equal(t, "3.0.3", doc.OpenAPI)
	require.Regexp(t, `^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$`, doc.Info.Version)
	require.NotEmpty(t, doc.Info.Contact.Name)
	require.Contains(t, doc.Info.Contact.Email, "@")
	require.Regexp(t, `^https://`, doc.Info.Contact.URL)
	require.Len(t, doc.Servers, 1)
	major, _, _ := strings.Cut(doc.Info.Version, ".")
	require.Regexp(t, `^https://[^/]+/v`+major+`$`, doc.Servers[0].URL)
}

func TestPathsAreKebabCaseWithoutTrailingSlash(t *testing.T) {
	pattern := regexp.MustCompile(`^(/([a-z0-9]+(-[a-z0-9]+)*|\{[a-z][A-Za-z0-9]*\}))+(/_[a-z]+)?$`)
	for path := range document(t).Paths.Map() {
		if path != "/openapi.json" {
			assert.Regexp(t, pattern, path)
		}
	}
}

func TestNamesAreLowerCamelCase(t *testing.T) {
	camel := regexp.MustCompile(`^[a-z][a-z0-9]*([A-Z][a-z0-9]*)*$`)
	eachProperty(t, func(path, name string, _ *openapi3.Schema) { assert.Regexp(t, camel, name, path) })
	eachOperation(t, func(t *testing.T, _, _ string, o *openapi3.Operation) {
		assert.Regexp(t, camel, o.OperationID)
		for _, p := range o.Parameters {
			if p.Value.In == "header" {
				continue // named by the standards of HTTP
			}
			assert.Regexp(t, camel, p.Value.Name)
		}
	})
	for name := range document(t).Components.Schemas {
		assert.Regexp(t, `^[A-Z][A-Za-z0-9]*$`, name)
	}
}

func TestEveryResponseNamesTheVersion(t *testing.T) {
	eachOperation(t, func(t *testing.T, _, _ string, o *openapi3.Operation) {
		for status, response := range o.Responses.Map() {
			header := response.Value.Headers["API-Version"]
			require.NotNil(t, header, status)
			require.True(t, header.Value.Required, status)
		}
	})
}

func TestErrorsAreProblems(t *testing.T) {
	eachOperation(t, func(t *testing.T, _, _ string, o *openapi3.Operation) {
		for status, response := range o.Responses.Map() {
			if status == "304" {
				require.Empty(t, response.Value.Content)
				continue
			}
			if status < "400" {
				require.NotNil(t, response.Value.Content["application/json"], status)
				continue
			}
			require.Len(t, response.Value.Content, 1, status)
			problem := response.Value.Content["application/problem+json"]
			require.NotNil(t, problem, status)
			require.Subset(t, problem.Schema.Value.Required, []string{"type", "status", "title", "detail", "instance"}, status)
		}
	})
}

func TestEveryCallTellsItsErrors(t *testing.T) {
	eachOperation(t, func(t *testing.T, method, path string, o *openapi3.Operation) {
		want := []string{"200", "400", "406", "500", "503"}
		if o.Responses.Value("201") != nil {
			want[0] = "201"
			if o.Responses.Value("200") != nil { // what it asks for was there already
				want = append(want, "200")
			}
			require.True(t, o.Responses.Value("201").Value.Headers["Location"].Value.Required)
		}
		if o.Security == nil {
			want = append(want, "401", "403")
		}
		if method != "GET" {
			want = append(want, "409", "413", "415")
		}
		if strings.Contains(path, "{") {
			want = append(want, "404")
		}
		want = append(want, conditional(method, path, o.Parameters)...)
		require.ElementsMatch(t, want, o.Responses.Keys())
	})
}

// conditional gives the answers of a call that is made on a condition (RFC 9110
// section 13). Who changes something that is there must say which version he saw, but
// for a mark that nobody else can change, and that stays.
func conditional(method, path string, parameters openapi3.Parameters) []string {
	match := parameters.GetByInAndName("header", "If-Match")
	switch {
	case match != nil && match.Required:
		return []string{"412", "428"}
	case path == "/berichten/{id}/gelezen":
		return nil
	case method == "PATCH" || method == "PUT":
		return []string{"a call that changes something needs If-Match"}
	case parameters.GetByInAndName("header", "If-None-Match") != nil:
		return []string{"304"}
	}
	return nil
}

func TestWhatMayBeReadAgainHasAnEntityTag(t *testing.T) {
	eachOperation(t, func(t *testing.T, _, path string, o *openapi3.Operation) {
		if !strings.HasPrefix(path, "/meldingen/{id}") && !strings.HasPrefix(path, "/gebruikers/{id}") || strings.HasSuffix(path, "/geschiedenis") {
			return
		}
		for _, status := range []string{"200", "201", "304"} {
			if answer := o.Responses.Value(status); answer != nil {
				require.True(t, answer.Value.Headers["ETag"].Value.Required, status)
			}
		}
	})
}

func TestEveryListIsReadByPage(t *testing.T) {
	eachOperation(t, func(t *testing.T, _, _ string, o *openapi3.Operation) {
		limit := o.Parameters.GetByInAndName("query", "limit")
		if limit == nil {
			return
		}
		require.EqualValues(t, domain.PaginaLengte, limit.Schema.Value.Default)
		require.EqualValues(t, 200, *limit.Schema.Value.Max)
		require.NotNil(t, o.Parameters.GetByInAndName("query", "cursor"))
		require.NotNil(t, o.Responses.Value("200").Value.Headers["Link"])
	})
}

func TestOnlyTheDocumentItselfIsOpen(t *testing.T) {
	doc := document(t)
	require.Equal(t, "bearer", doc.Components.SecuritySchemes["bearer"].Value.Scheme)
	require.Equal(t, openapi3.SecurityRequirements{{"bearer": {}}}, doc.Security)
	eachOperation(t, func(t *testing.T, method, path string, o *openapi3.Operation) {
		if path != "/openapi.json" {
			require.Nil(t, o.Security)
			return
		}
		require.Equal(t, "GET", method)
		require.Empty(t, *o.Security)
		origin := o.Responses.Value("200").Value.Headers["access-control-allow-origin"]
		require.Equal(t, []any{"*"}, origin.Value.Schema.Value.Enum)
	})
}

func TestDaysAndMomentsHaveTheirFormat(t *testing.T) {
	eachProperty(t, func(path, name string, p *openapi3.Schema) {
		if strings.HasSuffix(strings.ToLower(name), "datum") {
			assert.Equal(t, "date", p.Format, path)
		}
		if regexp.MustCompile(`\wD(ate|atum)`).MatchString(name) {
			assert.NotEqual(t, "date-time", p.Format, path)
		}
		if p.Format == "date-time" { // every offset is taken, and answers are in UTC
			asked := strings.HasPrefix(path, "DienstInvoer.")
			assert.Equal(t, map[bool]string{false: "Z$", true: ""}[asked], p.Pattern, path)
		}
		assert.NotContains(t, []string{"time", "date-time-local"}, p.Format, path)
	})
}

func TestBodiesAndExamplesStandUnderComponents(t *testing.T) {
	for _, item := range document(t).Paths.Map() {
		for _, o := range item.Operations() {
			if o.RequestBody != nil {
				assert.NotEmpty(t, o.RequestBody.Ref, o.OperationID)
			}
			for _, response := range o.Responses.Map() {
				assert.NotEmpty(t, response.Ref, o.OperationID)
			}
		}
	}
}

func TestEveryObjectSaysWhetherOtherFieldsMayStandInIt(t *testing.T) {
	free := []string{"Beschrijving", "Beschrijving.info", "Beschrijving.paths", "ReeksOnderdeel.invoer"}
	check := func(path string, s *openapi3.Schema) {
		if s.Type.Is("object") && s.AdditionalProperties.Schema == nil {
			assert.NotNil(t, s.AdditionalProperties.Has, path)
			assert.Equal(t, slices.Contains(free, path), *s.AdditionalProperties.Has, path)
		}
	}
	for name, ref := range document(t).Components.Schemas {
		check(name, ref.Value)
	}
	eachProperty(t, func(path, _ string, p *openapi3.Schema) { check(path, p) })
}

func TestEveryFieldIsExplained(t *testing.T) {
	eachProperty(t, func(path, _ string, p *openapi3.Schema) { assert.NotEmpty(t, p.Description, path) })
	eachOperation(t, func(t *testing.T, _, _ string, o *openapi3.Operation) {
		assert.NotEmpty(t, o.Summary)
		assert.NotEmpty(t, o.Description)
		assert.Len(t, o.Tags, 1)
	})
}
