import {learner} from './_learner.js';

const {types} = learner('document 001: first look');
const addresses = `{range .items[*]}{.metadata.name}{"\\t"}{.status.addresses[?(@.type=="InternalIP")].address}{"\\n"}`;

types('1.1 the cluster and its nodes', [
	['kubectl cluster-info | head -1', 'Kubernetes control plane is running at https://172.25.254.100:6443\n'],
	["kubectl get nodes --no-headers | awk '{print $1, $2}'", 'k8s-master Ready\nk8s-node1 Ready\nk8s-node2 Ready\n'],
	['kubectl label node k8s-node1 env=production; kubectl get nodes -l env=production --no-headers -o name', /\nnode\/k8s-node1\n$/],
	['kubectl get node k8s-node1 --show-labels --no-headers', /,env=production,.*kubernetes\.io\/hostname=k8s-node1/],
	['kubectl describe node k8s-node1', /^Name: {15}k8s-node1\n[\s\S]*\nAllocated resources:\n[\s\S]*\nEvents:/],
	["kubectl get node k8s-node1 -o json | jq -r '.status.nodeInfo.kubeletVersion'", 'v1.33.1\n'],
	['kubectl get node k8s-node1 -o yaml | grep -c podCIDR', '2\n'],
	['kubectl top node', {err: 'error: Metrics API not available\n', status: 1}],
]);

types('1.2 addresses by jsonpath, with the {end} that is missing there and without', [
	[`kubectl get nodes -o jsonpath='${addresses}{end}'`, 'k8s-master\t172.25.254.100\nk8s-node1\t172.25.254.10\nk8s-node2\t172.25.254.20\n'],
	[`kubectl get nodes -o jsonpath='${addresses}'`, /^k8s-master\t172\.25\.254\.100\n/],
]);

types('0.15 watch shows the same command again, until it is stopped', [
	[
		'timeout 2 watch -n 1 kubectl get nodes',
		{out: /^Every 1\.0s: kubectl get nodes +k8s-master: .* 2026\n\nNAME +STATUS[\s\S]*Every 1\.0s:/, status: 124},
	],
	['watch', {err: /Usage:\n watch \[options\] command/, status: 1}],
	['watch -n x ls', {err: /x/, status: 1}],
]);

types('0.17 files that a dry run has written are usable as they are', [
	[
		'kubectl create deployment myapp-v1 --image myapp:v1 --dry-run=client -o yaml >> myapp-v1.yaml; kubectl apply -f myapp-v1.yaml',
		/created/,
	],
	[
		'echo --- >> myapp-v1.yaml; kubectl expose deployment myapp-v1 --port 80 --target-port 80 --dry-run=client -o yaml >> myapp-v1.yaml; kubectl apply -f myapp-v1.yaml',
		'deployment.apps/myapp-v1 configured\nservice/myapp-v1 created\n',
	],
	["sleep 5; curl -s $(kubectl get svc myapp-v1 -o jsonpath='{.spec.clusterIP}')", /Hello MyApp \| Version: v1/],
]);

types('1.3 values in the environment and in files; a Secret is base64, not hidden', [
	[
		'kubectl create configmap conf --from-literal=colour=red; kubectl create secret generic key --from-literal=word=open',
		'configmap/conf created\nsecret/key created\n',
	],
	["kubectl get secret key -o jsonpath='{.data.word}' | base64 -d", 'open'],
	[
		`kubectl apply -f - <<'E'
apiVersion: v1
kind: Pod
metadata: {name: reader}
spec:
  volumes: [{name: v, configMap: {name: conf}}]
  containers:
    - name: c
      image: busybox
      command: [sleep, "3600"]
      env: [{name: COLOUR, valueFrom: {configMapKeyRef: {name: conf, key: colour}}}]
      envFrom: [{secretRef: {name: key}}]
      volumeMounts: [{name: v, mountPath: /conf}]
E`,
		'pod/reader created\n',
	],
	["sleep 5; kubectl exec reader -- sh -c 'echo $COLOUR $word; cat /conf/colour'", 'red open\nred'],
	[
		`kubectl patch cm conf -p '{"data":{"colour":"blue"}}'; sleep 120; kubectl exec reader -- sh -c 'echo $COLOUR; cat /conf/colour'`,
		'configmap/conf patched\nred\nblue',
	],
]);
