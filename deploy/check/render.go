// Renders a Helm chart's templates as helm does, for machines without helm: Go's templates, the functions of sprig, and
// the few functions that helm adds and the chart uses. Arguments: the chart, then key=value for values of other than the
// default. It knows no hooks, no subcharts and no lookup.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

func main() {
	chart := os.Args[1]
	values := read(filepath.Join(chart, "values.yaml"))
	for _, pair := range os.Args[2:] {
		set(values, pair)
	}
	about := read(filepath.Join(chart, "Chart.yaml"))
	context := map[string]interface{}{
		"Values": values,
		"Chart": map[string]interface{}{
			"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"],
		},
		"Release": map[string]interface{}{"Name": "backup", "Namespace": "test", "Service": "Helm"},
	}
	templates := parse(filepath.Join(chart, "templates"))
	for _, t := range templates.Templates() {
		if !strings.HasSuffix(t.Name(), ".yaml") {
			continue
		}
		var out bytes.Buffer
		check(t.Execute(&out, context))
		if strings.TrimSpace(out.String()) != "" {
			fmt.Printf("---\n# Source: %s\n%s\n", t.Name(), out.String())
		}
	}
	check(templates.ExecuteTemplate(os.Stderr, "NOTES.txt", context))
}

func parse(folder string) *template.Template {
	templates := template.New("chart").Option("missingkey=error")
	functions := sprig.TxtFuncMap()
	functions["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	functions["include"] = func(name string, data interface{}) (string, error) {
		var out strings.Builder
		err := templates.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
	templates.Funcs(functions)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	check(err)
	sort.Strings(files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err)
		_, err = templates.New(filepath.Base(file)).Parse(string(text))
		check(err)
	}
	return templates
}

func set(values map[string]interface{}, pair string) {
	path, text, _ := strings.Cut(pair, "=")
	words := strings.Split(path, ".")
	for _, word := range words[:len(words)-1] {
		inner, ok := values[word].(map[string]interface{})
		if !ok {
			inner = map[string]interface{}{}
			values[word] = inner
		}
		values = inner
	}
	var value interface{}
	check(yaml.Unmarshal([]byte(text), &value))
	values[words[len(words)-1]] = value
}

func read(file string) map[string]interface{} {
	text, err := os.ReadFile(file)
	check(err)
	content := map[string]interface{}{}
	check(yaml.Unmarshal(text, &content))
	return content
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
