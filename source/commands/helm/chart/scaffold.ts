import type {ChartFile} from './chart.js';
import {helpers, notes, testPod} from './scaffold-helpers.js';
import {templates} from './scaffold-templates.js';

/** What `helm create` writes: a web server with everything that one usually wants to set. */
export function scaffold(name: string): ChartFile[] {
	const files: Record<string, string> = {
		'.helmignore':
			'# Patterns to ignore when building packages.\n.DS_Store\n.git/\n.gitignore\n.bzr/\n.hg/\n.svn/\n*.swp\n*.bak\n*.tmp\n*.orig\n*~\n.project\n.idea/\n*.tmproj\n.vscode/\n',
		'Chart.yaml': `apiVersion: v2\nname: ${name}\ndescription: A Helm chart for Kubernetes\n\n# application or library\ntype: application\n\n# Of the chart: raise it with each change.\nversion: 0.1.0\n\n# Of what it runs.\nappVersion: "1.16.0"\n`,
		'values.yaml': values,
		...templates,
		'templates/_helpers.tpl': helpers,
		'templates/NOTES.txt': notes,
		'templates/tests/test-connection.yaml': testPod,
	};
	return Object.entries(files).map(([path, text]) => ({name: path, text: text.replaceAll('<CHARTNAME>', name)}));
}

const values = `# Default values for <CHARTNAME>.

replicaCount: 1

image:
  repository: nginx
  pullPolicy: IfNotPresent
  # Overrides the image tag whose default is the chart appVersion.
  tag: ""

imagePullSecrets: []
nameOverride: ""
fullnameOverride: ""

serviceAccount:
  create: true
  automount: true
  annotations: {}
  name: ""

podAnnotations: {}
podLabels: {}

podSecurityContext: {}

securityContext: {}

service:
  type: ClusterIP
  port: 80

ingress:
  enabled: false
  className: ""
  annotations: {}
  hosts:
    - host: chart-example.local
      paths:
        - path: /
          pathType: ImplementationSpecific
  tls: []

resources: {}

livenessProbe:
  httpGet:
    path: /
    port: http
readinessProbe:
  httpGet:
    path: /
    port: http

autoscaling:
  enabled: false
  minReplicas: 1
  maxReplicas: 100
  targetCPUUtilizationPercentage: 80

volumes: []
volumeMounts: []

nodeSelector: {}
tolerations: []
affinity: {}
`;
