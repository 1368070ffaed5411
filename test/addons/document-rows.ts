import test from 'ava';
import {runCli} from '../helpers/run-cli.js';

const base = 'nginx.ingress.kubernetes.io';
const ingress = (name: string, host: string, service: string, annotations: readonly string[]) =>
	`kubectl create ingress ${name} --class nginx --rule='${host}/*=${service}:80' ${annotations.map(each => `--annotation ${base}/${each}`).join(' ')}`;
const ask = (host: string, path = '', options = '') => `ssh reg curl -s ${options} -H Host:${host} 172.25.254.10:$PORT${path}`;
const script = `cat > check_ingress.sh <<'END'
#!/bin/bash
v1=0
v2=0
for (( i=0; i<100; i++))
do
    response=$(curl -s -H Host:canary.lilee.org 172.25.254.10:$1 | grep -c v1)
    v1=$(expr $v1 + $response)
    v2=$(expr $v2 + 1 - $response)
done
echo "v1:$v1, v2:$v2"
END`;

/** Rows 0.20 to 0.22 of the course document, as they are typed there. */
const steps: ReadonlyArray<readonly [run: string, wanted: RegExp]> = [
	['kubectl create deployment myappv1 --image myapp:v1; kubectl expose deployment myappv1 --port 80', /exposed/],
	['kubectl create deployment myappv2 --image myapp:v2; kubectl expose deployment myappv2 --port 80', /exposed/],
	["PORT=$(kubectl -n ingress-nginx get svc ingress-nginx-controller -o jsonpath='{.spec.ports[0].nodePort}'); echo $PORT", /^3\d{4}\n$/],
	['dnf install httpd-tools -y', /Complete!/],
	['htpasswd -bcm auth lee lee; cat auth', /^lee:\$apr1\$\S+\nAdding password for user lee\n$/],
	['kubectl create secret generic auth-web --from-file auth', /created/],
	[
		ingress('auth', 'auth.lilee.org', 'myappv1', [
			'auth-type=basic',
			'auth-secret=auth-web',
			"auth-realm='Please input username and password'",
		]),
		/created/,
	],
	[ask('auth.lilee.org'), /401 Authorization Required/],
	[ask('auth.lilee.org', '', '-ulee:lee'), /Version: v1/],
	[ask('auth.lilee.org', '', '-ulee:wrong'), /401 Authorization Required/],
	[ingress('root', 'root.lilee.org', 'myappv1', ['app-root=/hostname.html']), /created/],
	[ask('root.lilee.org', '', '-I'), /HTTP\/1\.1 302 [\s\S]*Location: http:\/\/root\.lilee\.org\/hostname\.html/],
	[
		`kubectl create ingress rewrite --class nginx --rule='rewrite.lilee.org/lee(/|$)(.*)=myappv1:80' --annotation ${base}/use-regex=true --annotation ${base}/rewrite-target='/$2' --dry-run=client -o yaml | sed s/Exact/ImplementationSpecific/ | kubectl apply -f -`,
		/created/,
	],
	[ask('rewrite.lilee.org', '/lee/hostname.html'), /^myappv1-/],
	[ask('rewrite.lilee.org', '/other'), /404 Not Found/],
	[ingress('moved', 'moved.lilee.org', 'myappv1', ['permanent-redirect=http://www.lilee.org']), /created/],
	[ask('moved.lilee.org', '', '-I'), /HTTP\/1\.1 301 [\s\S]*Location: http:\/\/www\.lilee\.org/],
	[ingress('old', 'canary.lilee.org', 'myappv1', []), /created/],
	[ingress('new', 'canary.lilee.org', 'myappv2', ['canary=true', 'canary-by-header=version', 'canary-by-header-value=2']), /created/],
	[ask('canary.lilee.org', '', '-H version:2'), /Version: v2/],
	[ask('canary.lilee.org', '', '-H version:1'), /Version: v1/],
	[
		`kubectl annotate ingress new ${base}/canary-by-header- ${base}/canary-by-header-value- ${base}/canary-weight=10 ${base}/canary-weight-total=100`,
		/annotate/,
	],
	[`${script}\nbash check_ingress.sh $PORT`, /^v1:(8\d|9\d), v2:(\d|1\d)\n$/],
];

test('basic auth, rewrites and the canary, as the document types them', async t => {
	const stdin = steps.map(([run]) => JSON.stringify({run})).join('\n');
	const {stdout, exitCode} = await runCli(['sh', '--steps', '-', '--json', '--profile', 'ingress'], {stdin});
	t.is(exitCode, 0);
	const results = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	for (const [i, [run, wanted]] of steps.entries()) t.regex(results[i].stdout + results[i].stderr, wanted, run);
});
