package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// kinds are the kinds a criterion can be of.
func kinds() []string { return []string{"grond", "spoed", "signaal", "uitsluiting", "aandacht"} }

// catalogueReader gathers what the packages of a tree say of themselves, and
// every fault in it.
type catalogueReader struct {
	out    domain.Catalogus
	faults []domain.Fault
}

// readCatalogue reads the METADATA of every criterion and step in modules, and
// the questions in figures. All faults are named at once.
func readCatalogue(modules map[string]*ast.Module, figures map[string]any) (domain.Catalogus, []domain.Fault) {
	r := &catalogueReader{}
	for _, p := range sortedKeys(modules) {
		r.module(p, modules[p])
	}
	slices.SortFunc(r.out.Criteria, func(a, b domain.CriteriumTekst) int {
		return cmp.Or(cmp.Compare(a.Volgorde, b.Volgorde), cmp.Compare(a.Code, b.Code))
	})
	slices.SortFunc(r.out.Stappen, func(a, b domain.StapTekst) int {
		return cmp.Or(cmp.Compare(a.Volgorde, b.Volgorde), cmp.Compare(a.Code, b.Code))
	})
	if len(r.out.Criteria) == 0 {
		r.fault("criteria", "beleid_leeg")
	}
	r.questions(figures)
	return r.out, r.faults
}

func (r *catalogueReader) fault(where, code string, args ...any) {
	r.faults = append(r.faults, domain.Fault{Field: where, Code: code, Args: args})
}

func (r *catalogueReader) module(path string, m *ast.Module) {
	parts := strings.Split(path, "/")
	if parts[0] != "criteria" && parts[0] != "stappen" || strings.HasSuffix(path, "_test.rego") {
		return
	}
	if len(parts) != 3 || parts[2] != parts[1]+".rego" {
		r.fault(path, "beleid_bestand")
		return
	}
	if want := "data." + parts[0] + "." + parts[1]; m.Package.Path.String() != want {
		r.fault(path, "beleid_pakket", m.Package.Path.String(), want)
		return
	}
	meta := packageAnnotations(m)
	if meta == nil {
		r.fault(path, "beleid_metadata")
		return
	}
	if gone, _ := meta.Custom["deprecated"].(bool); gone {
		return
	}
	if parts[0] == "criteria" {
		r.criterion(path, parts[1], meta)
		return
	}
	r.step(path, parts[1], meta)
}

// packageAnnotations gives the METADATA block of the package, nil without one.
func packageAnnotations(m *ast.Module) *ast.Annotations {
	for _, a := range m.Annotations {
		if a.Scope == "package" {
			return a
		}
	}
	return nil
}

func (r *catalogueReader) criterion(path, code string, meta *ast.Annotations) {
	c := domain.CriteriumTekst{
		Code: r.code(path, code, meta), Volgorde: r.number(path, meta, "volgorde"),
		Titel: meta.Title, Omschrijving: meta.Description, Zinnen: map[domain.Uitkomst]string{},
	}
	c.Soort, _ = meta.Custom["soort"].(string)
	if !slices.Contains(kinds(), c.Soort) {
		r.fault(path, "beleid_soort", c.Soort, strings.Join(kinds(), ", "))
	}
	r.need(path, "title", c.Titel)
	r.need(path, "description", c.Omschrijving)
	if len(meta.RelatedResources) == 0 {
		r.fault(path, "beleid_ontbreekt", "related_resources")
	} else {
		c.Bron = domain.Bron{
			Titel:      meta.RelatedResources[0].Description,
			Verwijzing: meta.RelatedResources[0].Ref.String(),
		}
		r.need(path, "related_resources[0].description", c.Bron.Titel)
	}
	facts, _ := meta.Custom["feiten"].([]any)
	for _, f := range facts {
		text, _ := f.(string)
		r.need(path, "custom.feiten", text)
		c.Feiten = append(c.Feiten, text)
	}
	if len(facts) == 0 {
		r.fault(path, "beleid_ontbreekt", "custom.feiten")
	}
	sentences, _ := meta.Custom["zinnen"].(map[string]any)
	for _, u := range []domain.Uitkomst{domain.Ja, domain.Nee, domain.Onbekend} {
		c.Zinnen[u], _ = sentences[string(u)].(string)
		r.need(path, "custom.zinnen."+string(u), c.Zinnen[u])
	}
	r.out.Criteria = append(r.out.Criteria, c)
}

func (r *catalogueReader) step(path, code string, meta *ast.Annotations) {
	s := domain.StapTekst{
		Code: r.code(path, code, meta), Volgorde: r.number(path, meta, "volgorde"),
		Titel: meta.Title, Toelichting: meta.Description,
	}
	r.need(path, "title", s.Titel)
	r.need(path, "description", s.Toelichting)
	r.out.Stappen = append(r.out.Stappen, s)
}

func (r *catalogueReader) need(path, field, value string) {
	if strings.TrimSpace(value) == "" {
		r.fault(path, "beleid_ontbreekt", field)
	}
}

func (r *catalogueReader) code(path, folder string, meta *ast.Annotations) string {
	code, _ := meta.Custom["code"].(string)
	if code != folder {
		r.fault(path, "beleid_code", code)
	}
	return folder
}

func (r *catalogueReader) number(path string, meta *ast.Annotations, name string) int {
	text := fmt.Sprint(meta.Custom[name])
	var n int
	if _, err := fmt.Sscanf(text, "%d", &n); err != nil || fmt.Sprint(n) != text {
		r.fault(path, "beleid_getal", "custom."+name)
	}
	return n
}

// questions reads data.vragen; every askable fact needs one.
func (r *catalogueReader) questions(figures map[string]any) {
	r.out.Vragen = map[string]string{}
	doc, _ := figures["vragen"].(map[string]any)
	list, _ := doc["vragen"].(map[string]any)
	for _, f := range domain.VraagbareFeiten() {
		text, _ := list[f.Veld].(string)
		if text == "" {
			r.fault("data/vragen.yaml", "beleid_vraag", f.Veld)
		}
		r.out.Vragen[f.Veld] = text
	}
}
