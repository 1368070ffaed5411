import test from 'ava';
import {runCli} from '../../helpers/run-cli.js';

const url = 'https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.11.2/deploy/static/provider/baremetal/deploy.yaml';
const pool = `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: first-pool
  namespace: metallb-system
spec:
  addresses:
  - 172.25.254.50-172.25.254.99
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata:
  name: example
  namespace: metallb-system
`;

const rule = (host: string, service: string, path = '/') => `  - host: ${host}
    http:
      paths:
      - path: ${path}
        pathType: Prefix
        backend:
          service:
            name: ${service}
            port:
              number: 80
`;
const ingress = (name: string, rules: string, more = '') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
spec:
  ingressClassName: nginx
${more}  rules:
${rules}`;
const write = (file: string, text: string) => `cat > ${file} <<'EOF'\n${text}EOF\n`;
const fetch = (args: string) => `ssh reg 'curl -s ${args}'`;
const logs = 'kubectl -n ingress-nginx logs deploy/ingress-nginx-controller';

/** Commands of the course document, each with what it must print. */
const steps: ReadonlyArray<readonly [command: string, wanted: RegExp]> = [
	[`${write('configmap.yml', pool)}kubectl apply -f configmap.yml`, /first-pool created/],
	// Two applications, as files that `--dry-run` makes.
	[
		'for v in v1 v2; do kubectl create deployment myapp$v --image myapp:$v --dry-run=client -o yaml > myapp-$v.yaml; kubectl apply -f myapp-$v.yaml; echo --- >> myapp-$v.yaml; kubectl expose deployment myapp$v --port 80 --target-port 80 --dry-run=client -o yaml >> myapp-$v.yaml; kubectl apply -f myapp-$v.yaml; done',
		/service\/myappv1 created[\s\S]*service\/myappv2 created/,
	],
	// The manifest, edited to a harbor path where nobody has pushed anything.
	[
		`wget -q ${url}; grep -c image: deploy.yaml; sed -i 's#registry.k8s.io/ingress-nginx#reg.lilee.org/nobody#' deploy.yaml; kubectl apply -f deploy.yaml`,
		/^3\n[\s\S]*ingress-nginx-admission created/,
	],
	['sleep 20; kubectl -n ingress-nginx get pods', /admission-create-\S+ +0\/1 +(ErrImagePull|ImagePullBackOff)/],
	['kubectl -n ingress-nginx get events', /secret "ingress-nginx-admission" not found/],
	[
		"kubectl delete -f deploy.yaml > /dev/null; sed -i 's#reg.lilee.org/nobody#registry.k8s.io/ingress-nginx#' deploy.yaml; kubectl apply -f deploy.yaml",
		/deployment\.apps\/ingress-nginx-controller created/,
	],
	[
		'sleep 30; kubectl -n ingress-nginx get pods',
		/create-\S+ +0\/1 +Completed[\s\S]*patch-\S+ +0\/1 +Completed[\s\S]*controller-\S+ +1\/1 +Running/,
	],
	[
		"KUBE_EDITOR='sed -i s/NodePort/LoadBalancer/' kubectl -n ingress-nginx edit svc ingress-nginx-controller; kubectl -n ingress-nginx get svc ingress-nginx-controller; kubectl get ingressclass",
		/LoadBalancer +\S+ +172\.25\.254\.50 [\s\S]*nginx +k8s\.io\/ingress-nginx/,
	],
	// By path: of any host, and everything else is nginx's own 404.
	[
		`${write('ingress1.yaml', ingress('by-path', `${rule('"*.lilee.org"', 'myappv1', '/v1')}${rule('"*.lilee.org"', 'myappv2', '/v2')}`).replaceAll('name: by-path', 'name: by-path\n  annotations:\n    nginx.ingress.kubernetes.io/rewrite-target: /'))}kubectl apply -f ingress1.yaml`,
		/by-path created/,
	],
	[fetch('-H "Host: www.lilee.org" 172.25.254.50/v1 172.25.254.50/v2'), /Version: v1[\s\S]*Version: v2/],
	[fetch('-H "Host: www.lilee.org" 172.25.254.50/v3'), /<center><h1>404 Not Found<\/h1><\/center>\r?\n<hr><center>nginx<\/center>/],
	// By host, with /etc/hosts on the client.
	[
		`kubectl delete -f ingress1.yaml; ${write('ingress2.yml', ingress('by-host', rule('myappv1.lilee.org', 'myappv1') + rule('myappv2.lilee.org', 'myappv2')))}kubectl apply -f ingress2.yml`,
		/by-host created/,
	],
	[
		'ssh reg "echo \'172.25.254.50 www.lilee.org myappv1.lilee.org myappv2.lilee.org myapp-tls.lilee.org\' >> /etc/hosts"; ssh reg curl -s myappv1.lilee.org myappv2.lilee.org',
		/Version: v1[\s\S]*Version: v2/,
	],
	['sleep 60; kubectl get ingress', /by-host +nginx +myappv1\.lilee\.org,myappv2\.lilee\.org +172\.25\.254\.[12]0 +80 /],
	['kubectl describe ingress by-host', /myappv2:80 \(10\.244\.\S+:80\)[\s\S]*nginx-ingress-controller +Scheduled for sync/],
	// TLS: the document's certificate has no name of its host, so the controller shows its own.
	[
		'openssl req -newkey rsa:2048 -nodes -keyout tls.key -x509 -days 365 -subj "/CN=nginxsvc/O=nginxsvc" -out tls.crt 2>/dev/null; kubectl create secret tls web0tls-secret --key tls.key --cert tls.crt',
		/web0tls-secret created/,
	],
	[
		`${write('ingress3.yml', ingress('tls', rule('myapp-tls.lilee.org', 'myappv1'), '  tls:\n  - hosts: [myapp-tls.lilee.org]\n    secretName: web0tls-secret\n'))}kubectl apply -f ingress3.yml`,
		/tls created/,
	],
	[`sleep 5; ${fetch('-i myapp-tls.lilee.org')}`, /308 Permanent Redirect[\s\S]*Location: https:\/\/myapp-tls\.lilee\.org/],
	[`${fetch('https://myapp-tls.lilee.org')}; echo status $?; ${fetch('-k https://myapp-tls.lilee.org')}`, /status 60\n[\s\S]*Version: v1/],
	[
		`${logs} | grep web0tls`,
		/"default\/web0tls-secret" does not contain a Common Name or Subject Alternative Name for server "myapp-tls\.lilee\.org"/,
	],
	// A Service without pods: kubectl before 1.33 wrote `(<none>)`, since then it looks into the empty slice.
	['kubectl delete deployment myappv2; sleep 3; kubectl describe ingress by-host', /myappv2:80 \(\)/],
	[fetch('-i myappv2.lilee.org'), /503 Service Temporarily Unavailable/],
	['kubectl apply -f myapp-v2.yaml; sleep 10; ssh reg curl -s myappv2.lilee.org', /Version: v2/],
	[
		'kubectl -n ingress-nginx exec deploy/ingress-nginx-controller -- cat /etc/nginx/nginx.conf | sed -n "/start server myappv2.lilee.org/,/location_path/p"',
		/server_name myappv2\.lilee\.org ;[\s\S]*set \$ingress_name {3}"by-host";\n\t+set \$service_name {3}"myappv2";/,
	],
];

test('the document can be followed, a wrong image path and a wrong certificate included', async t => {
	const stdin = steps.map(([run]) => JSON.stringify({run})).join('\n');
	const {stdout, exitCode} = await runCli(['sh', '--steps', '-', '--json', '--profile', 'metallb'], {stdin});
	t.is(exitCode, 0);
	const results = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	t.is(results.length, steps.length);
	for (const [i, [run, wanted]] of steps.entries()) t.regex(results[i].stdout + results[i].stderr, wanted, run);
});
