{{- define "database.fullname" -}}
{{ printf "%s-%s" .Release.Name .Chart.Name }}
{{- end -}}
{{- define "database.image" -}}
{{- $i := .Values.image -}}
{{- if $i.digest -}}
{{ $i.registry }}/{{ $i.repository }}@{{ $i.digest }}
{{- else -}}
{{ $i.registry }}/{{ $i.repository }}:{{ $i.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- define "database.secretName" -}}
{{ tpl .Values.auth.existingSecret . | default (include "database.fullname" .) }}
{{- end -}}
{{/* The password of before, else the given one, else a new one. */}}
{{- define "database.password" -}}
{{- $existing := lookup "v1" "Secret" .Release.Namespace (include "database.fullname" .) -}}
{{- if .Values.auth.password -}}
{{ .Values.auth.password | b64enc }}
{{- else if and $existing (index $existing.data "password") -}}
{{ index $existing.data "password" }}
{{- else -}}
{{ randAlphaNum 24 | b64enc }}
{{- end -}}
{{- end -}}
{{- define "database.labels" -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name }}
heritage: {{ .Release.Service }}
{{- end -}}
