{{- define "compat.ingress.apiVersion" -}}
{{- if and (.Capabilities.APIVersions.Has "networking.k8s.io/v1") (semverCompare ">= 1.19-0" .Capabilities.KubeVersion.Version) -}}
networking.k8s.io/v1
{{- else if .Capabilities.APIVersions.Has "networking.k8s.io/v1beta1" -}}
networking.k8s.io/v1beta1
{{- else -}}
extensions/v1beta1
{{- end -}}
{{- end -}}
{{- define "compat.cronjob.apiVersion" -}}
{{- if semverCompare "<1.21-0" (default .Capabilities.KubeVersion.Version .Values.kubeVersionOverride) -}}batch/v1beta1{{- else -}}batch/v1{{- end -}}
{{- end -}}
