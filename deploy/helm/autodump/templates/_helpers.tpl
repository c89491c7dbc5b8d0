{{- define "autodump.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "autodump.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "autodump.labels" -}}
{{ include "autodump.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "autodump.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (include "autodump.name" .) }}
{{- end }}

{{- /* autodump.yaml: the values, with the places that the chart mounts. */ -}}
{{- define "autodump.configuration" -}}
secrets: {{ if .Values.existingSecret }}/etc/autodump/secrets{{ else }}aws{{ end }}
state: /var/lib/autodump/state
{{ toYaml .Values.configuration }}
{{- end }}

{{- /* The pod of both modes, given the context, the arguments of the command and the restart policy. */ -}}
{{- define "autodump.pod" -}}
{{- $ := .context -}}
metadata:
  labels:
    {{- include "autodump.labels" $ | nindent 4 }}
  annotations:
    # A changed configuration starts a new pod.
    checksum/configuration: {{ include "autodump.configuration" $ | sha256sum }}
    {{- with $.Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "autodump.serviceAccount" $ }}
  # AutoDump doesn't talk to Kubernetes.
  automountServiceAccountToken: false
  restartPolicy: {{ .restartPolicy }}
  terminationGracePeriodSeconds: 60
  {{- with $.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    fsGroup: 65532
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: autodump
      image: {{ printf "%s:%s" $.Values.image.repository ($.Values.image.tag | default $.Chart.AppVersion) | quote }}
      imagePullPolicy: {{ $.Values.image.pullPolicy }}
      args:
        {{- toYaml .arguments | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      {{- with $.Values.env }}
      env:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if and .probes $.Values.http.enabled }}
      ports:
        - name: http
          containerPort: {{ $.Values.http.port }}
      livenessProbe:
        httpGet:
          path: /healthz
          port: http
        initialDelaySeconds: 30
        periodSeconds: 30
        timeoutSeconds: 10
        failureThreshold: 4
      {{- end }}
      {{- if and .probes $.Values.readiness.enabled }}
      readinessProbe:
        exec:
          command: [autodump, status]
        periodSeconds: {{ $.Values.readiness.periodSeconds }}
        timeoutSeconds: {{ $.Values.readiness.timeoutSeconds }}
        failureThreshold: 1
      {{- end }}
      resources:
        {{- toYaml $.Values.resources | nindent 8 }}
      volumeMounts:
        - name: configuration
          mountPath: /etc/autodump/autodump.yaml
          subPath: autodump.yaml
          readOnly: true
        {{- if $.Values.existingSecret }}
        - name: secrets
          mountPath: /etc/autodump/secrets
          readOnly: true
        {{- end }}
        - name: state
          mountPath: /var/lib/autodump/state
        {{- if $.Values.dumps.enabled }}
        - name: dumps
          mountPath: /var/lib/autodump/dumps
        {{- end }}
        - name: memory
          mountPath: /dev/shm
  volumes:
    - name: configuration
      configMap:
        name: {{ include "autodump.name" $ }}
    {{- if $.Values.existingSecret }}
    - name: secrets
      secret:
        secretName: {{ $.Values.existingSecret }}
        defaultMode: 0400
    {{- end }}
    - name: state
      persistentVolumeClaim:
        claimName: {{ $.Values.state.existingClaim | default (printf "%s-state" (include "autodump.name" $)) }}
    {{- if $.Values.dumps.enabled }}
    - name: dumps
      persistentVolumeClaim:
        claimName: {{ $.Values.dumps.existingClaim | default (printf "%s-dumps" (include "autodump.name" $)) }}
    {{- end }}
    - name: memory
      emptyDir:
        medium: Memory
        sizeLimit: {{ $.Values.sharedMemory }}
  {{- with $.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $.Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- /* A claim, given the context, its last word and its values. */ -}}
{{- define "autodump.claim" -}}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ include "autodump.name" .context }}-{{ .word }}
  labels:
    {{- include "autodump.labels" .context | nindent 4 }}
  annotations:
    # What is in it can't be made again.
    helm.sh/resource-policy: keep
spec:
  accessModes: [ReadWriteOnce]
  {{- with .values.storageClass }}
  storageClassName: {{ . }}
  {{- end }}
  resources:
    requests:
      storage: {{ .values.size }}
{{- end }}
