package policy

import (
	"cmp"
	"fmt"
	"path"
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
	folders := map[string]map[string]*ast.Module{}
	for p, m := range modules {
		if dir := path.Dir(p); strings.HasPrefix(dir, "criteria") || strings.HasPrefix(dir, "stappen") {
			if folders[dir] == nil {
				folders[dir] = map[string]*ast.Module{}
			}
			folders[dir][p] = m
		}
	}
	for _, dir := range sortedKeys(folders) {
		r.folder(dir, folders[dir])
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

// folder reads the criterion or step in a folder: one or more files of the same
// package, of which one carries the METADATA.
func (r *catalogueReader) folder(dir string, files map[string]*ast.Module) {
	parts := strings.Split(dir, "/")
	if len(parts) != 2 {
		r.fault(dir, "beleid_bestand")
		return
	}
	want, rule := "data."+parts[0]+"."+parts[1], ruleOf(parts[0])
	var meta *ast.Annotations
	where, found := sortedKeys(files)[0], false
	for _, p := range sortedKeys(files) {
		if got := files[p].Package.Path.String(); got != want {
			r.fault(p, "beleid_pakket", got, want)
			return
		}
		if m := packageAnnotations(files[p]); m != nil && meta == nil {
			meta, where = m, p
		}
		found = found || hasRule(files[p], rule)
	}
	switch {
	case meta == nil:
		r.fault(where, "beleid_metadata")
	case meta.Custom["deprecated"] == true:
	case !found:
		r.fault(where, "beleid_regel", rule)
	case parts[0] == "criteria":
		r.criterion(where, parts[1], meta)
	default:
		r.step(where, parts[1], meta)
	}
}

// ruleOf is the rule that a criterion or a step must have.
func ruleOf(kind string) string {
	if kind == "criteria" {
		return "uitkomst"
	}
	return "geldt"
}

func hasRule(m *ast.Module, name string) bool {
	return slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool { return r.Head.Ref().String() == name })
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
		source := meta.RelatedResources[0]
		c.Bron = domain.Bron{Titel: cmp.Or(source.Description, source.Ref.String()), Verwijzing: source.Ref.String()}
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
