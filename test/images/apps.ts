import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

/** One world for all: each image runs as a pod (`a` ... ), and its tutorial's lines are typed. */
const player = createPlayer(createCluster());
const type = async (line: string) => {
	const {stdout, stderr, exitCode} = await player.play(line);
	return {said: stdout + stderr, exitCode};
};

const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.53';

/** Pod, image, and how `GET /` begins on its port. */
const images: ReadonlyArray<readonly [pod: string, image: string, port: number, said: RegExp]> = [
	['boot', 'gcr.io/google-samples/kubernetes-bootcamp:v1', 8080, /^Hello Kubernetes bootcamp! \| Running on: boot \| v=1\n$/],
	['node-hello', 'gcr.io/google-samples/node-hello:1.0', 8080, /^Hello Kubernetes!$/],
	['mini', 'kicbase/echo-server:1.0', 8080, /^Request served by mini\n\nHTTP\/1\.1 GET \/\n\nHost: \S+\nAccept: \*\/\*\nUser-Agent: curl/],
	['old-echo', 'registry.k8s.io/echoserver:1.4', 8080, /^CLIENT VALUES:\nclient_address=172\.25\.254\.100\ncommand=GET\n/],
	[
		'ealen',
		'ealen/echo-server',
		80,
		/^\{"host":\{"hostname":"[\d.]+","ip":"::ffff:172\.25\.254\.100","ips":\[\]\},"http":\{"method":"GET"/,
	],
	['hello-html', 'nginxdemos/hello', 80, /<p><span>Server&nbsp;name:<\/span> <span>hello-html<\/span><\/p>/],
	[
		'hello-text',
		'nginxdemos/hello:plain-text',
		80,
		/^Server address: [\d.]+:80\nServer name: hello-text\nDate: [^\n]+\nURI: \/\nRequest ID: [\da-f]{32}\n$/,
	],
	['pinfo', 'stefanprodan/podinfo:6.7.1', 9898, /^\{\n {2}"hostname": "pinfo",\n {2}"version": "6\.7\.1",/],
	['names', 'registry.k8s.io/serve_hostname', 9376, /^names$/],
	[
		'demo',
		'ikubernetes/demoapp:v1.1',
		80,
		/^iKubernetes demoapp v1\.1 !! ClientIP: 172\.25\.254\.100, ServerName: demo, ServerIP: 10\.244\.\d+\.\d+!\n$/,
	],
	['bin', 'kennethreitz/httpbin', 80, /<title>httpbin\.org<\/title>/],
	['gobin', 'mccutchen/go-httpbin', 8080, /go-httpbin/],
	['front', 'gcr.io/google-samples/hello-frontend:1.0', 80, /^\{"message":"Hello"\}\n$/],
	['multi', 'wbitt/network-multitool', 80, /^WBITT Network MultiTool \(with NGINX\) - multi - 10\./],
	['plainuser', 'nginxinc/nginx-unprivileged:1.27', 8080, /<title>Welcome to nginx!<\/title>/],
	['basic', 'gcr.io/k8s-staging-gateway-api/echo-basic:v20231214-v1.0.0-140-gf544a46e', 3000, /^\{\n "path": "\/",\n "host": /],
	['cat', 'tomcat:9', 8080, /HTTP Status 404/],
];

const addressOf = (pod: string) => `$(kubectl get pod ${pod} -o jsonpath={.status.podIP})`;

test.before(async () => {
	for (const line of [
		`kubectl create deploy net --image=${agnhost} --replicas=2 -- /agnhost netexec`,
		'kubectl expose deploy net --port=80 --target-port=8080',
		'kubectl expose deploy net --name=netu --port=81 --target-port=8081 --protocol=UDP',
		`kubectl run client --image=${agnhost}`,
		'kubectl run who --image=traefik/whoami --port=80 --expose',
		...images.map(([name, image]) => `kubectl run ${name} --image=${image}`),
		'kubectl run web --image=python:3.12 -- python3 -m http.server 80',
		'kubectl run script --image=node:20 --restart=Never -- node -e 1',
		'kubectl run nopass --image=postgres:16 --restart=Never',
		'kubectl create deploy hello --image=gcr.io/google-samples/hello-go-gke:1.0',
		'kubectl expose deploy hello --port=80',
		'kubectl run tools --image=nicolaka/netshoot -- sleep 1h',
		'kubectl run mirrored --image=m.daocloud.io/docker.io/library/busybox:1.36 -- sleep 1h',
		'kubectl run unmirrored --image=docker.m.daocloud.io/library/nosuch',
		`kubectl wait --for=condition=Ready pod ${images.map(([name]) => name).join(' ')} client web tools`,
	])
		await player.play(line);
});

const lines: Array<readonly [line: string, said: RegExp | string, exitCode?: number]> = [
	// A server is told the port of who asks, too.
	[
		'curl -s $(kubectl get pod who -o jsonpath={.status.podIP})',
		/^Hostname: who\n(IP: \S+\n)+RemoteAddr: \d+\.\d+\.\d+\.\d+:[1-9]\d+\nGET \/ HTTP\/1.1\r\nHost: /,
	],
	['kubectl exec client -- curl -s net/clientip', /^10\.244\.\d+\.\d+:[1-9]\d+$/],
	// A program of an image does what its own words say, beside the container's process.
	['kubectl exec client -- /agnhost connect net:80', ''],
	['kubectl exec client -- /agnhost connect net:81 --timeout=2s', 'TIMEOUT\ncommand terminated with exit code 1\n', 1],
	['kubectl exec client -- /agnhost connect who:80 --timeout=2s', ''],
	[
		'kubectl exec client -- /agnhost connect $(kubectl get pod who -o jsonpath={.status.podIP}):81',
		'REFUSED\ncommand terminated with exit code 1\n',
		1,
	],
	[
		'kubectl exec client -- /agnhost connect nosuch:80',
		'DNS: lookup nosuch on 10.96.0.10:53: no such host\ncommand terminated with exit code 1\n',
		1,
	],
	['kubectl exec client -- /agnhost connect --protocol=udp netu:81', ''],
	['kubectl exec client -- /agnhost dns-suffix', 'default.svc.cluster.local,svc.cluster.local,cluster.local\n'],
	['kubectl exec client -- /agnhost dns-server-list', '10.96.0.10\n'],
	['kubectl exec client -- /agnhost guestbook', 'kubelab: not simulated: agnhost guestbook\ncommand terminated with exit code 125\n', 125],
	[
		'kubectl exec client -- /agnhost serve-hostname',
		/kubelab: not simulated: agnhost serve-hostname beside the container's own process\n/,
		125,
	],
	['kubectl logs client', 'Paused\n'],
	[
		'kubectl exec client -- curl -s "net/dial?host=netu&port=81&protocol=udp&request=hostname&tries=2"',
		/^\{"responses":\["net-[^"]+","net-[^"]+"\]\}$/,
	],
	['kubectl exec client -- curl -s "net/dial?host=net&port=80&request=echo%3Fmsg=hi"', '{"responses":["hi"]}'],
	[
		'kubectl exec client -- curl -s "net/dial?host=nosuch&port=80&request=hostname"',
		/^host and\/or port param are invalid. lookup nosuch on 10.96.0.10:53: no such host\n$/,
	],
	['kubectl exec client -- curl -s "net/shell?cmd=echo%20hi;exit%202"', '{"error":"exit status 2","output":"hi\\n"}'],
	[
		'kubectl exec client -- curl -si "net/redirect?location=/echo&code=307"',
		/^HTTP\/1.1 307 Temporary Redirect\r\nContent-Type: text\/html; charset=utf-8\r\nLocation: \/echo\r\n/,
	],
	['kubectl exec client -- curl -s net/nothing', /^NOW: 2026-11-21 \d\d:\d\d:\d\d\S* \+0000 UTC m=\+\d+\.\d{9}$/],
	['kubectl exec client -- curl -s net/exit?code=3', 'command terminated with exit code 52\n', 52],
];

lines.push(
	...images.map(([pod, , port, said]) => [`curl -s ${addressOf(pod)}:${port}/`, said] as const),
	[
		'kubectl logs boot',
		/^Kubernetes Bootcamp App Started At: \S+Z \| Running On: {2}boot \n\nRunning On: boot \| Total Requests: 1 \| App Uptime: \S+ seconds \| Log Time: \S+Z\n$/,
	],
	['kubectl exec boot -- node -v', 'v6.3.1\n'],
	['kubectl exec boot -- node -e 1', 'kubelab: not simulated: node -e\ncommand terminated with exit code 125\n', 125],
	['kubectl exec boot -- sh -c "node -v"', 'v6.3.1\n'],
	[
		`curl -s ${addressOf('bin')}/status/418 -o /dev/null -w %{http_code}; curl -s ${addressOf('bin')}/ip`,
		'418{\n  "origin": "172.25.254.100"\n}\n',
	],
	[`curl -s -X POST -d a=1 ${addressOf('gobin')}:8080/post | jq -c '[.form, .method, .origin]'`, '[{"a":["1"]},"POST","172.25.254.100"]\n'],
	[`curl -s -o /dev/null -w '%{http_code} %{time_total}\n' ${addressOf('bin')}/delay/3`, /^200 3\.\d+\n$/],
	[
		`curl -s -X POST ${addressOf('pinfo')}:9898/readyz/disable; curl -s -o /dev/null -w %{http_code} ${addressOf('pinfo')}:9898/readyz`,
		'503',
	],
	[`curl -s -d livez=FAIL ${addressOf('demo')}/livez; curl -s -o /dev/null -w %{http_code} ${addressOf('demo')}/livez`, '506'],
	[`curl -si ${addressOf('hello-text')} | grep -E 'Cache|Content-Length'`, /^Content-Length: \d+\r?\nCache-Control: no-cache\r?\n$/],
	[`curl -si ${addressOf('hello-html')} | grep -cE '^(Transfer-Encoding: chunked|Content-Length|ETag|Last-Modified)'`, '1\n'],
	// Python serves files in a container and on a host.
	[`curl -s ${addressOf('web')}/etc/hostname`, 'web\n'],
	['kubectl logs web', /^172\.25\.254\.100 - - \[21\/Nov\/2026 \d\d:\d\d:\d\d\] "GET \/etc\/hostname HTTP\/1\.1" 200 -\n$/],
	[
		'cd $(mktemp -d); echo hi > a; python3 -m http.server 8000 2> log & sleep 1; curl -s localhost:8000/a; curl -s localhost:8000/b -o /dev/null -w "%{http_code}\n"; sleep 1; kill %1; cut -d] -f2 log',
		'hi\n404\n "GET /a HTTP/1.1" 200 -\n code 404, message File not found\n "GET /b HTTP/1.1" 404 -\n',
	],
	['python3 --version; python3 -c "print(1)"', 'Python 3.9.21\nkubelab: not simulated: python3 -c\n', 125],
	[`echo '{"b":1.50,"a":[]}' | python3 -m json.tool`, '{\n    "b": 1.5,\n    "a": []\n}\n'],
	[`echo '{"b":1,}' | python3 -m json.tool`, 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)\n', 1],
	// What is not simulated is said where people look.
	[
		'kubectl logs script; kubectl get events --field-selector reason=NotSimulated -o jsonpath={.items[*].message}',
		'kubelab: not simulated: node -e\nkubelab: not simulated: node -e',
	],
	['kubectl logs nopass | head -1', 'Error: Database is uninitialized and superuser password is not specified.\n'],
	['kubectl exec tools -- iperf3 -s', 'kubelab: not simulated: iperf3 -s\ncommand terminated with exit code 125\n', 125],
	// What the documentation applies by its address.
	['kubectl apply -f https://k8s.io/examples/pods/simple-pod.yaml', 'pod/nginx created\n'],
	[
		'kubectl exec client -- nslookup kubernetes.default | grep -A1 ^Name',
		'Name:\tkubernetes.default.svc.cluster.local\nAddress: 10.96.0.1\n',
	],
	[
		'kubectl apply -f https://k8s.io/examples/nope.yaml',
		'error: unable to read URL "https://k8s.io/examples/nope.yaml", server reported 404 Not Found, status code=404\n',
		1,
	],
	// Mirrors serve what others publish, under their own name.
	[
		'kubectl get pod mirrored -o jsonpath="{.status.containerStatuses[0].image} {.status.containerStatuses[0].imageID}"',
		/^m\.daocloud\.io\/docker\.io\/library\/busybox:1\.36 m\.daocloud\.io\/docker\.io\/library\/busybox@sha256:[\da-f]{64}$/,
	],
	[
		'kubectl get events --field-selector reason=Failed,involvedObject.name=unmirrored -o jsonpath={.items[0].message}',
		/rpc error: code = NotFound desc = .*docker\.m\.daocloud\.io\/library\/nosuch:latest: not found$/,
	],
	// BIRD and Felix beside the agent.
	['kubectl exec -n kube-system ds/calico-node -- calico-node -v', 'v3.28.1\n'],
	['kubectl exec -n kube-system ds/calico-node -- calico-node -felix-live -bird-ready', ''],
	[
		"kubectl exec -n kube-system ds/calico-node -- birdcl show protocols | awk '{print $1, $NF}' | tail -2",
		'Mesh_172_25_254_10 Established\nMesh_172_25_254_20 Established\n',
	],
	[
		"kubectl exec -n kube-system ds/calico-node -- birdcl -s /var/run/calico/bird.ctl show route | grep -c '\\[Mesh_.*(100/0) \\[i\\]$'",
		'2\n',
	],
);

for (const [line, said, exitCode = 0] of lines) {
	test.serial(line, async t => {
		const result = await type(line);
		if (typeof said === 'string') t.is(result.said, said);
		else t.regex(result.said, said);
		t.is(result.exitCode, exitCode);
	});
}
