// Package deploy_test holds the example of a deployment to the schema of compose
// files and to the settings of the service. No engine runs it here.
package deploy_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/compose-spec/compose-go/v2/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"zorgmeldingen.nl/lmz-triage/service/config"
)

// file is what is asked of the compose file beyond the schema.
type file struct {
	Services map[string]struct {
		Image       string
		Command     any
		Environment map[string]string
		Networks    []string
		Ports       []string
		Secrets     []string
		Volumes     []string
		DependsOn   map[string]any `yaml:"depends_on"`
		Deploy      struct{ Replicas int }
	}
	Networks map[string]struct{ Internal bool }
	Secrets  map[string]any
	Volumes  map[string]any
}

func source(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("compose.yaml")
	require.NoError(t, err)
	return text
}

func read(t *testing.T) file {
	t.Helper()
	var f file
	require.NoError(t, yaml.Unmarshal(source(t), &f))
	return f
}

// plain gives the file as the schema reads it, without the extensions that only
// hold what others merge in.
func plain(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var all map[string]any
	require.NoError(t, yaml.Unmarshal(text, &all))
	return all
}

func TestTheFileFitsTheSchemaOfCompose(t *testing.T) {
	require.NoError(t, schema.Validate(plain(t, source(t))))
	wrong := plain(t, source(t))
	wrong["services"].(map[string]any)["lmz-triage"].(map[string]any)["environmental"] = map[string]any{}
	require.Error(t, schema.Validate(wrong), "a wrong word would be found")
}

// settings are the variables of serve.
func settings(t *testing.T) map[string]bool {
	t.Helper()
	parser, err := kong.New(&config.Serve{})
	require.NoError(t, err)
	out := map[string]bool{}
	for _, group := range parser.Model.AllFlags(false) {
		for _, flag := range group {
			for _, name := range flag.Envs {
				out[name] = true
			}
		}
	}
	require.Contains(t, out, "LMZ_ADDR")
	return out
}

func TestEveryVariableOfTheServiceIsASetting(t *testing.T) {
	known := settings(t)
	for name := range read(t).Services["lmz-triage"].Environment {
		assert.Contains(t, known, name)
	}
}

func TestTwoCopiesRunOnASetOfThreeMembers(t *testing.T) {
	f := read(t)
	service := f.Services["lmz-triage"]
	assert.Equal(t, 2, service.Deploy.Replicas)
	members := regexp.MustCompile(`mongo-\d`).FindAllString(service.Environment["LMZ_STORE"], -1)
	require.Len(t, members, 3)
	for _, name := range members {
		member := f.Services[name]
		assert.Contains(t, member.Command, "lmz", "of the set that the address names")
		assert.Contains(t, service.Environment["LMZ_STORE"], "replicaSet=lmz")
		require.Len(t, member.Volumes, 1)
		assert.Equal(t, name+":/data/db", member.Volumes[0], "each keeps its own data")
		assert.Contains(t, f.Volumes, name)
		assert.Contains(t, f.Services["replicaset"].DependsOn, name)
		assert.Empty(t, member.Ports, "nobody outside reaches the data")
		assert.Equal(t, []string{"opslag"}, member.Networks)
	}
	assert.True(t, f.Networks["opslag"].Internal)
	assert.Contains(t, service.DependsOn, "replicaset")
}

func TestTheTokensAreASecretThatTheServiceReads(t *testing.T) {
	f := read(t)
	service := f.Services["lmz-triage"]
	require.Len(t, service.Secrets, 1)
	assert.Equal(t, "/run/secrets/"+service.Secrets[0], service.Environment["LMZ_TOKENS"])
	assert.Contains(t, f.Secrets, service.Secrets[0])
	assert.Len(t, service.Environment, 3, "all that is not said here is the default")
}
