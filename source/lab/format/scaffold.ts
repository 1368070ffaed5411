import type {LabFiles} from '../lab.js';

/** A small lab that stands: an author changes it piece by piece, with `kubelab lab test` green all the way. */
export const scaffold = (id: string): LabFiles =>
	new Map([
		['lab.yaml', labYaml(id)],
		['en.md', english],
		['zh.md', chinese],
		['setup/web.yaml', setup],
		['solution.sh', '# Imperative.\nkubectl expose deployment web --port 80\n'],
		['solution-2.sh', `# Declarative.\nkubectl apply -f - <<EOF\n${service('app: web')}EOF\n`],
		['wrong/selector.sh', `# The selector fits no pod.\n# misses: answers\nkubectl apply -f - <<EOF\n${service('app: wep')}EOF\n`],
	]);

const labYaml = (id: string) => `id: ${id}
title: {en: "A title", zh: "标题"}
summary:
  en: One sentence that says what is learnt.
  zh: 一句话，说明能学到什么。
level: beginner
minutes: 10
cluster: base

objectives:
  - id: answers
    title: {en: "The Service web answers", zh: "可以访问 Service web"}
    points: 100
    hints:
      - text: {en: "kubectl expose makes a Service.", zh: "kubectl expose 可以创建 Service。"}
    checks:
      - connect: {from: nodes, to: {service: web, port: 80, path: /hostname.html}, status: 200, body: web-}
`;

const english = `# A title

Say the goal, and why it matters.

## 1. Look

\`\`\`
kubectl get pods
\`\`\`

## 2. Do

\`\`\`
kubectl expose deployment web --port 80
kubectl get svc
\`\`\`

Say what this shows.
`;

const chinese = `# 标题

说明目标，以及为什么重要。

## 1. 看一看

\`\`\`
kubectl get pods
\`\`\`

## 2. 动手

\`\`\`
kubectl expose deployment web --port 80
kubectl get svc
\`\`\`

说明这里能看出什么。
`;

const setup = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: myapp, image: "myapp:v1"}]}
`;

const service = (selector: string) => `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {${selector}}
  ports: [{port: 80}]
`;
