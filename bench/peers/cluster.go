package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"sync"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const floorManager = "floor"

// api is the least that can talk to the cluster: one request after the other, nothing is discovered, kept or retried.
type api struct {
	server string
	client *http.Client
}

func connect(kubeconfig string) (*api, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	return &api{server: config.Host, client: client}, nil
}

var paths = map[string]string{
	"ConfigMap":      "/api/v1/namespaces/%s/configmaps",
	"Secret":         "/api/v1/namespaces/%s/secrets",
	"Deployment":     "/apis/apps/v1/namespaces/%s/deployments",
	"Service":        "/api/v1/namespaces/%s/services",
	"ServiceAccount": "/api/v1/namespaces/%s/serviceaccounts",
	"Widget":         "/apis/bench.gitops.jenkins.io/v1/namespaces/%s/widgets",
}

func (a *api) send(method, path, contentType string, body []byte) ([]byte, int, error) {
	request, err := http.NewRequestWithContext(context.Background(), method, a.server+path, bytes.NewReader(body))
	if err != nil {
		return nil, 0, err
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := a.client.Do(request)
	if err != nil {
		return nil, 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return text, response.StatusCode, err
}

func (a *api) expect(method, path, contentType string, body []byte) ([]byte, error) {
	text, status, err := a.send(method, path, contentType, body)
	if err == nil && status >= http.StatusMultipleChoices {
		err = fmt.Errorf("%s %s: %d %s", method, path, status, text)
	}
	return text, err
}

// apply sends all objects, so many at once.
func (a *api) apply(objects []*unstructured.Unstructured, concurrency int, dryRun bool) error {
	query := "?fieldManager=" + floorManager + "&force=true"
	if dryRun {
		query += "&dryRun=All"
	}
	return a.each(objects, concurrency, func(object *unstructured.Unstructured, body []byte) error {
		_, err := a.expect(http.MethodPatch, objectPath(object)+query, "application/apply-patch+yaml", body)
		return err
	})
}

func (a *api) each(
	objects []*unstructured.Unstructured, concurrency int, do func(*unstructured.Unstructured, []byte) error,
) error {
	work := make(chan *unstructured.Unstructured)
	failures := make(chan error, len(objects))
	var workers sync.WaitGroup
	for range concurrency {
		workers.Go(func() {
			for object := range work {
				body, err := json.Marshal(object)
				if err == nil {
					err = do(object, body)
				}
				if err != nil {
					failures <- err
				}
			}
		})
	}
	for _, object := range objects {
		work <- object
	}
	close(work)
	workers.Wait()
	close(failures)
	return <-failures
}

func objectPath(object *unstructured.Unstructured) string {
	return fmt.Sprintf(paths[object.GetKind()], object.GetNamespace()) + "/" + object.GetName()
}

// drift changes every hundredth object as somebody would by hand, and says how many those are.
func (a *api) drift(objects []*unstructured.Unstructured) (int, error) {
	var some []*unstructured.Unstructured
	for i := 0; i < len(objects); i += 100 {
		some = append(some, objects[i])
	}
	return len(some), a.driftOf(some)
}

func (a *api) driftOf(some []*unstructured.Unstructured) error {
	return a.each(some, 4, func(object *unstructured.Unstructured, _ []byte) error {
		_, err := a.expect(http.MethodPatch, objectPath(object)+"?fieldManager=somebody",
			"application/merge-patch+json", []byte(byHand(object)))
		return err
	})
}

func byHand(object *unstructured.Unstructured) string {
	switch object.GetKind() {
	case "ConfigMap":
		return `{"data":{"value":"by hand"}}`
	case "Secret":
		return `{"data":{"value":"Ynk="}}`
	case "Widget":
		return `{"spec":{"size":"by hand"}}`
	default:
		return `{"metadata":{"labels":{"app":"by-hand"}}}`
	}
}

// check holds the cluster against the files, object by object: each is there with all that its file says, and there is no other
// with the label that all of them have.
func (a *api) check(objects []*unstructured.Unstructured, namespace string) error {
	found := map[string]map[string]any{}
	for kind, path := range paths {
		text, err := a.expect(http.MethodGet, fmt.Sprintf(path, namespace)+"?labelSelector=app%3Dbench", "", nil)
		if err != nil {
			return err
		}
		var list struct{ Items []map[string]any }
		if err := json.Unmarshal(text, &list); err != nil {
			return err
		}
		for _, item := range list.Items {
			name, _, _ := unstructured.NestedString(item, "metadata", "name")
			found[kind+" "+name] = item
		}
	}
	if len(found) != len(objects) {
		return fmt.Errorf("%d objects in %s instead of %d", len(found), namespace, len(objects))
	}
	for _, object := range objects {
		key := object.GetKind() + " " + object.GetName()
		// Numbers of both sides in the form that JSON gives them.
		text, err := json.Marshal(object)
		if err != nil {
			return err
		}
		var wanted map[string]any
		if err := json.Unmarshal(text, &wanted); err != nil {
			return err
		}
		delete(wanted, "apiVersion")
		delete(wanted, "kind")
		if where := missing(wanted, found[key], ""); where != "" {
			return fmt.Errorf("%s in %s is not as its file says: %s", key, namespace, where)
		}
	}
	return nil
}

// missing names a field that is declared and not there, or has another value; empty when there is none.
func missing(wanted, live any, path string) string {
	switch want := wanted.(type) {
	case map[string]any:
		have, _ := live.(map[string]any)
		for field, value := range want {
			if where := missing(value, have[field], path+"."+field); where != "" {
				return where
			}
		}
	case []any:
		have, _ := live.([]any)
		if len(have) != len(want) {
			return path
		}
		for i := range want {
			if where := missing(want[i], have[i], fmt.Sprintf("%s[%d]", path, i)); where != "" {
				return where
			}
		}
	default:
		if wanted != live {
			return fmt.Sprintf("%s is %v instead of %v", path, live, wanted)
		}
	}
	return ""
}

func readObjects(folder string) ([]*unstructured.Unstructured, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	var objects []*unstructured.Unstructured
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		some, err := kube.SplitYAML(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		objects = append(objects, some...)
	}
	return objects, nil
}
