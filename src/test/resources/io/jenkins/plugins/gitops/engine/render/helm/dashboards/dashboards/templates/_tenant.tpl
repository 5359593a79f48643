{{/* Of a tenant: the defaults, and what is different. Takes a dict of root and tenant. */}}
{{- define "dashboards.tenant" -}}
{{- $own := get .root.Values.overrides .tenant | default dict -}}
{{- mergeOverwrite (deepCopy .root.Values.defaults) $own | toYaml -}}
{{- end -}}
{{- define "dashboards.ini" -}}
{{- range $section, $pairs := . }}
[{{ $section }}]
{{- range $key, $value := $pairs }}
{{- if kindIs "invalid" $value }}
{{ $key }} =
{{- else }}
{{ $key }} = {{ $value }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
