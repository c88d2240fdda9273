package domain_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// use is one place in the code that says a sentence, with the number of
// arguments it gives it.
type use struct {
	key  string
	args int
	at   string
}

// unknownArgs stands where only running the code can tell the number.
const unknownArgs = -1

// source is what the code of the service says of its sentences: the keys it
// uses, the beginnings of keys that it makes, the codes of failures, and every
// text in it.
type source struct {
	files    *token.FileSet
	uses     []use
	prefixes []string
	codes    []string
	literals map[string]bool
}

// readSource reads all code that is no test, made by no tool, and no support of
// tests.
func readSource(t *testing.T) *source {
	t.Helper()
	s := &source{files: token.NewFileSet(), literals: map[string]bool{}}
	for _, root := range []string{"..", "../../cmd"} {
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			name := d.Name()
			switch {
			case err != nil:
				return err
			case d.IsDir() && (strings.HasSuffix(name, "test") || name == "testdata"):
				return fs.SkipDir
			case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".gen.go"):
				return nil
			}
			f, err := parser.ParseFile(s.files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool { return s.node(filepath.Dir(path), n) })
			return nil
		}))
	}
	return s
}

func (s *source) node(dir string, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.BasicLit:
		s.text(n)
	case *ast.ValueSpec:
		s.code(dir, n)
	case *ast.CompositeLit:
		s.composite(n)
	case *ast.CallExpr:
		s.call(dir, n)
	case *ast.FuncDecl:
		s.describes(n)
	}
	return true
}

func (s *source) add(key string, args int, at ast.Node) {
	s.uses = append(s.uses, use{key: key, args: args, at: s.files.Position(at.Pos()).String()})
}

// literal is the text of e, false when it is no literal text.
func literal(e ast.Expr) (string, bool) {
	l, is := e.(*ast.BasicLit)
	if !is || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

// text notes a literal; one that has the form of a key is a key, or the
// beginning of the keys that the code makes with it.
func (s *source) text(l *ast.BasicLit) {
	text, is := literal(l)
	if !is {
		return
	}
	s.literals[text] = true
	form := regexp.MustCompile(`^(cli|fout|gebrek|kalender|lijst|mijlpaal|post|term|titel|voorval)(\.[a-z0-9_]+)*[._]$`)
	switch {
	case text == "mijlpaal.", form.MatchString(text) && strings.Count(text, ".")+strings.Count(text, "_") > 1:
		s.prefixes = append(s.prefixes, text)
	case form.MatchString(text+".") && strings.Contains(text, "."):
		s.add(text, unknownArgs, l)
	}
}

// code notes the constants of the type Code.
func (s *source) code(dir string, v *ast.ValueSpec) {
	if name, is := v.Type.(*ast.Ident); !is || name.Name != "Code" || filepath.Base(dir) != "domain" {
		return
	}
	for _, value := range v.Values {
		if text, is := literal(value); is {
			s.codes = append(s.codes, text)
		}
	}
}

// composite reads domain.Error{Key, Args} and domain.Fault{Field, Code, Args}.
func (s *source) composite(c *ast.CompositeLit) {
	fields := map[string]ast.Expr{}
	for _, e := range c.Elts {
		if pair, is := e.(*ast.KeyValueExpr); is {
			if name, is := pair.Key.(*ast.Ident); is {
				fields[name.Name] = pair.Value
			}
		}
	}
	if key, is := literal(fields["Key"]); is {
		s.add(key, listed(fields["Args"]), c)
	}
	code, is := literal(fields["Code"])
	if is && (typeName(c.Type) == "Fault" || c.Type == nil && fields["Field"] != nil) {
		s.add("gebrek."+code, listed(fields["Args"]), c)
	}
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// listed counts the elements of a list that is written out.
func listed(e ast.Expr) int {
	switch e := e.(type) {
	case nil:
		return 0
	case *ast.Ident:
		if e.Name == "nil" {
			return 0
		}
	case *ast.CompositeLit:
		return len(e.Elts)
	}
	return unknownArgs
}

// call reads the calls that are given a key or a code with its arguments.
func (s *source) call(dir string, c *ast.CallExpr) {
	shape, known := map[string]struct{ key, skip int }{
		"Sentence": {0, 0}, "say": {0, 0}, "zin": {0, 0}, "notFound": {0, 0}, "step": {1, 0},
		"unopened": {0, 1}, // the path fills the sentence, the cause does not
		"fault":    {1, 0}, "misread": {1, 0}, "add": {1, 0},
	}[typeName(c.Fun)]
	if !known || len(c.Args) <= shape.key {
		return
	}
	key, is := literal(c.Args[shape.key])
	if !is {
		return
	}
	args := len(c.Args) - shape.key - 1 - shape.skip
	switch name := typeName(c.Fun); {
	case name == "fault" && filepath.Base(dir) == "domain": // its arguments are a list
		args = listed(c.Args[2])
		fallthrough
	case name == "fault" || name == "misread" || name == "add":
		key = "gebrek." + key
	}
	if c.Ellipsis.IsValid() {
		args = unknownArgs
	}
	s.add(key, args, c)
}

// describes reads the functions that give a code with its arguments.
func (s *source) describes(f *ast.FuncDecl) {
	r := f.Type.Results
	if r == nil || len(r.List) != 2 || f.Body == nil {
		return
	}
	if _, list := r.List[1].Type.(*ast.ArrayType); !list || typeName(r.List[0].Type) != "string" {
		return
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if ret, is := n.(*ast.ReturnStmt); is && len(ret.Results) == 2 {
			if code, is := literal(ret.Results[0]); is {
				s.add("gebrek."+code, listed(ret.Results[1]), ret)
			}
		}
		return true
	})
}
