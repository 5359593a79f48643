{{- define "common.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "common.fullname" . }}
  labels: {{- include "common.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ include "common.name" . }}
      app.kubernetes.io/instance: {{ .Release.Name }}
  template:
    metadata:
      labels: {{- include "common.labels" . | nindent 8 }}
    spec:
      containers:
      {{- range $name, $container := .Values.containers }}
      - name: {{ $name }}
        image: {{ $container.image | quote }}
        {{- with $container.env }}
        env:
        {{- range $key, $value := . }}
        - name: {{ $key }}
          value: {{ tpl (toString $value) $ | quote }}
        {{- end }}
        {{- end }}
        {{- with $container.resources }}
        resources: {{- toYaml . | nindent 10 }}
        {{- end }}
      {{- end }}
{{- end -}}
