package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const perFile = 50

const customKind = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.bench.gitops.jenkins.io}
spec:
  group: bench.gitops.jenkins.io
  scope: Namespaced
  names: {kind: Widget, plural: widgets, singular: widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              size: {type: string}
              parts: {type: array, items: {type: string}}
`

// Six kinds in turn: what applications are made of, none of which starts anything.
var templates = []string{
	`apiVersion: v1
kind: ConfigMap
metadata: {name: c-%[1]d, namespace: %[2]s, labels: {app: bench}}
data: {value: "v%[1]d", text: "%[3]s"}
`,
	`apiVersion: v1
kind: Secret
metadata: {name: s-%[1]d, namespace: %[2]s, labels: {app: bench}}
type: Opaque
data: {value: %[4]s}
`,
	`apiVersion: apps/v1
kind: Deployment
metadata: {name: d-%[1]d, namespace: %[2]s, labels: {app: bench}}
spec:
  replicas: 0
  selector: {matchLabels: {app: d-%[1]d}}
  template:
    metadata: {labels: {app: d-%[1]d}}
    spec:
      containers:
      - name: app
        image: registry.example.com/app:1.%[1]d
        args: [--listen=:8080]
        env: [{name: MODE, value: production}, {name: NUMBER, value: "%[1]d"}]
        ports: [{name: http, containerPort: 8080, protocol: TCP}]
        resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}
        readinessProbe: {httpGet: {path: /ready, port: http}}
`,
	`apiVersion: v1
kind: Service
metadata: {name: v-%[1]d, namespace: %[2]s, labels: {app: bench}}
spec:
  clusterIP: None
  selector: {app: d-%[1]d}
  ports: [{name: http, port: 80, protocol: TCP, targetPort: http}]
`,
	`apiVersion: v1
kind: ServiceAccount
metadata: {name: a-%[1]d, namespace: %[2]s, labels: {app: bench}}
automountServiceAccountToken: false
`,
	`apiVersion: bench.gitops.jenkins.io/v1
kind: Widget
metadata: {name: w-%[1]d, namespace: %[2]s, labels: {app: bench}}
spec: {size: "%[1]d", parts: [one, two, three]}
`,
}

// writeData makes the files of one application of so many objects.
func writeData(folder, namespace string, objects int) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	text := strings.Repeat("All work and no drift. ", 12)
	for first := 0; first < objects; first += perFile {
		var documents []string
		for i := first; i < min(first+perFile, objects); i++ {
			secret := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "secret of %d", i))
			document := fmt.Sprintf(templates[i%len(templates)]+"%[5]s", i, namespace, text, secret, "")
			documents = append(documents, document)
		}
		file := filepath.Join(folder, fmt.Sprintf("objects-%05d.yaml", first))
		if err := os.WriteFile(file, []byte(strings.Join(documents, "---\n")), 0o644); err != nil {
			return err
		}
	}
	return nil
}
