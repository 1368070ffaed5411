const head = (apiVersion: string, kind: string, name = 'fullname') => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: {{ include "<CHARTNAME>.${name}" . }}
  labels:
    {{- include "<CHARTNAME>.labels" . | nindent 4 }}
`;
/** `{{- with .Values.<value> }}` around a field that is left out when empty. */
const optional = (field: string, indent: number, value = field) => {
	const pad = ' '.repeat(indent);
	return `${pad}{{- with .Values.${value} }}\n${pad}${field}:\n${pad}  {{- toYaml . | nindent ${indent + 2} }}\n${pad}{{- end }}\n`;
};

/** Objects of a new chart. */
export const templates: Readonly<Record<string, string>> = {
	'templates/deployment.yaml': `${head('apps/v1', 'Deployment')}spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "<CHARTNAME>.selectorLabels" . | nindent 6 }}
  template:
    metadata:
${optional('annotations', 6, 'podAnnotations')}      labels:
        {{- include "<CHARTNAME>.labels" . | nindent 8 }}
        {{- with .Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
${optional('imagePullSecrets', 6)}      serviceAccountName: {{ include "<CHARTNAME>.serviceAccountName" . }}
${optional('securityContext', 6, 'podSecurityContext')}      containers:
        - name: {{ .Chart.Name }}
${optional('securityContext', 10)}          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          ports:
            - name: http
              containerPort: {{ .Values.service.port }}
              protocol: TCP
${optional('livenessProbe', 10)}${optional('readinessProbe', 10)}${optional('resources', 10)}${optional('volumeMounts', 10)}${optional('volumes', 6)}${optional('nodeSelector', 6)}${optional('affinity', 6)}${optional('tolerations', 6)}`,
	'templates/service.yaml': `${head('v1', 'Service')}spec:
  type: {{ .Values.service.type }}
  ports:
    - port: {{ .Values.service.port }}
      targetPort: http
      protocol: TCP
      name: http
  selector:
    {{- include "<CHARTNAME>.selectorLabels" . | nindent 4 }}
`,
	'templates/serviceaccount.yaml': `{{- if .Values.serviceAccount.create -}}
${head('v1', 'ServiceAccount', 'serviceAccountName')}${optional('annotations', 2, 'serviceAccount.annotations')}automountServiceAccountToken: {{ .Values.serviceAccount.automount }}
{{- end }}
`,
	'templates/ingress.yaml': `{{- if .Values.ingress.enabled -}}
${head('networking.k8s.io/v1', 'Ingress')}${optional('annotations', 2, 'ingress.annotations')}spec:
  {{- with .Values.ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- if .Values.ingress.tls }}
  tls:
    {{- range .Values.ingress.tls }}
    - hosts:
        {{- range .hosts }}
        - {{ . | quote }}
        {{- end }}
      secretName: {{ .secretName }}
    {{- end }}
  {{- end }}
  rules:
    {{- range .Values.ingress.hosts }}
    - host: {{ .host | quote }}
      http:
        paths:
          {{- range .paths }}
          - path: {{ .path }}
            {{- with .pathType }}
            pathType: {{ . }}
            {{- end }}
            backend:
              service:
                name: {{ include "<CHARTNAME>.fullname" $ }}
                port:
                  number: {{ $.Values.service.port }}
          {{- end }}
    {{- end }}
{{- end }}
`,
	'templates/hpa.yaml': `{{- if .Values.autoscaling.enabled }}
${head('autoscaling/v2', 'HorizontalPodAutoscaler')}spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "<CHARTNAME>.fullname" . }}
  minReplicas: {{ .Values.autoscaling.minReplicas }}
  maxReplicas: {{ .Values.autoscaling.maxReplicas }}
  metrics:
    {{- if .Values.autoscaling.targetCPUUtilizationPercentage }}
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ .Values.autoscaling.targetCPUUtilizationPercentage }}
    {{- end }}
    {{- if .Values.autoscaling.targetMemoryUtilizationPercentage }}
    - type: Resource
      resource:
        name: memory
        target:
          type: Utilization
          averageUtilization: {{ .Values.autoscaling.targetMemoryUtilizationPercentage }}
    {{- end }}
{{- end }}
`,
};
