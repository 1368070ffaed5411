import test from 'ava';
import {runCli} from '../helpers/run-cli.js';

const pki = '/etc/kubernetes/pki';
const api = 'https://172.25.254.100:6443';
const pair = (name: string) => `--cert ${pki}/${name}.crt --key ${pki}/${name}.key`;

/** What is typed, and what must come of it: the exit status, and what standard output and error say together. */
const rows: ReadonlyArray<readonly [line: string, status: number, wanted: RegExp]> = [
	[`curl -sS ${api}/version`, 60, /^curl: \(60\) SSL certificate problem: unable to get local issuer certificate\nMore details here/],
	[`curl -sk ${api}/version`, 0, /^\{\n {2}"major": "1",[\s\S]*"gitVersion": "v1\.33\.1"[\s\S]*\}$/],
	[`curl -s --cacert ${pki}/ca.crt ${api}/version`, 0, /"platform": "linux\/amd64"\n\}$/],
	['curl -sS --cacert nofile https://127.0.0.1:6443/', 77, /^curl: \(77\) error setting certificate file: nofile\n$/],
	[
		`curl -sS --cacert ${pki}/ca.crt https://127.0.0.1:6443/`,
		60,
		/no alternative certificate subject name matches target host name '127\.0\.0\.1'/,
	],
	[`curl -sS --cacert ${pki}/ca.crt --resolve kubernetes:6443:172.25.254.100 https://kubernetes:6443/healthz`, 0, /^ok$/],
	[`curl -sS --cacert ${pki}/ca.crt --connect-to kubernetes:443:172.25.254.100:6443 https://kubernetes/healthz`, 0, /^ok$/],
	['curl -s http://172.25.254.100:6443/', 0, /^Client sent an HTTP request to an HTTPS server\.\n$/],
	['curl -si http://172.25.254.100:6443/', 0, /^HTTP\/1\.0 400 Bad Request/],
	[
		`curl -sk ${api}/api/v1/pods`,
		0,
		/"message": "pods is forbidden: User \\"system:anonymous\\" cannot list resource \\"pods\\" in API group \\"\\" at the cluster scope"/,
	],
	[`curl -sk -H 'Authorization: Bearer x.y.z' ${api}/api`, 0, /"message": "Unauthorized",\n {2}"reason": "Unauthorized",\n {2}"code": 401/],
	[
		`curl -sk ${pair('apiserver-kubelet-client')} ${api}/api/v1/namespaces/default`,
		0,
		/^\{\n {2}"kind": "Namespace",\n {2}"apiVersion": "v1",/,
	],
	[`curl -sk ${pair('etcd/server')} ${api}/api`, 0, /"code": 401/],
	[
		`curl -sSk --cert ${pki}/ca.crt ${api}/`,
		58,
		/^curl: \(58\) unable to set private key file: '\/etc\/kubernetes\/pki\/ca\.crt' type PEM\n$/,
	],
	['curl -sk https://127.0.0.1:10257/healthz', 0, /^ok$/],
	['curl -sk https://127.0.0.1:10259/metrics', 0, /cannot get path \\"\/metrics\\"/],
	[
		'curl -sSk https://127.0.0.1:2379/health',
		56,
		/^curl: \(56\) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0\n$/,
	],
	[
		`curl -sS --cacert ${pki}/etcd/ca.crt ${pair('etcd/healthcheck-client')} https://127.0.0.1:2379/health`,
		0,
		/^\{"health":"true","reason":""\}$/,
	],
	[`curl -sSk ${pair('apiserver-kubelet-client')} https://127.0.0.1:2379/health`, 56, /alert unknown ca/],
	[
		'openssl s_client -connect 172.25.254.100:6443 -CAfile /etc/kubernetes/pki/ca.crt </dev/null 2>/dev/null | tail -3',
		0,
		/Verify return code: 0 \(ok\)/,
	],
	['kubeadm certs check-expiration | grep apiserver', 0, /^apiserver +Nov 21, 2027 02:00 UTC +364d +ca +no +\n/],
	[
		'kubeadm token create --print-join-command | grep -o sha256:.*; openssl x509 -pubkey -in /etc/kubernetes/pki/ca.crt -noout | openssl rsa -pubin -outform der 2>/dev/null | openssl dgst -sha256 -hex',
		0,
		/^sha256:(\w{64}) \nSHA2-256\(stdin\)= \1\n$/,
	],
	[
		'sed s#172.25.254.100#127.0.0.1# ~/.kube/config > kc; kubectl --kubeconfig kc get nodes',
		1,
		/^(E1121 .*memcache\.go:265\] .*x509.*\n){5}Unable to connect to the server: tls: failed to verify certificate: x509: certificate is valid for 10\.96\.0\.1, 172\.25\.254\.100, not 127\.0\.0\.1\n$/,
	],
	[
		'openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=kubernetes -keyout o.key -out o.crt -days 9 2>/dev/null; kubectl --certificate-authority o.crt get nodes',
		1,
		/x509: certificate signed by unknown authority \(possibly because of "crypto\/rsa: verification error" while trying to verify candidate authority certificate "kubernetes"\)\n$/,
	],
	[
		'kubectl --kubeconfig /etc/kubernetes/super-admin.conf auth whoami',
		0,
		/kubernetes-super-admin\nGroups +\[system:masters system:authenticated\]/,
	],
	[
		`openssl genrsa -out lee.key 2048; openssl req -new -key lee.key -subj /O=dev/CN=lee -out lee.csr; openssl x509 -req -in lee.csr -CA ${pki}/ca.crt -CAkey ${pki}/ca.key -CAcreateserial -out lee.crt 2>/dev/null; curl -sk --cert lee.crt --key lee.key ${api}/api/v1/nodes`,
		0,
		/nodes is forbidden: User \\"lee\\" cannot list resource \\"nodes\\"/,
	],
	[
		'kubectl create token default > t; curl -sk -H "Authorization: Bearer $(cat t)" https://172.25.254.100:6443/api/v1/pods',
		0,
		/User \\"system:serviceaccount:default:default\\" cannot list/,
	],
	['curl -sk -H "Authorization: Bearer $(cat t)x" https://172.25.254.100:6443/api/v1/pods', 0, /"code": 401/],
	[
		`curl -sk ${pair('apiserver-kubelet-client')} -XPOST -H 'Content-Type: application/json' -d '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"a":"b<c"}}' ${api}/api/v1/namespaces/default/configmaps; kubectl get configmap x -o name`,
		0,
		/"manager": "curl"[\s\S]*"a": "b\\u003cc"[\s\S]*configmap\/x\n$/,
	],
];

test('ports of the control plane speak TLS, and know their clients', async t => {
	const stdin = rows.map(([run]) => JSON.stringify({run})).join('\n');
	const {stdout} = await runCli(['sh', '--steps', '-', '--json'], {stdin});
	const steps = stdout.trim().split('\n');
	for (const [i, [line, status, wanted]] of rows.entries()) {
		const step = JSON.parse(steps[i]!);
		t.is(step.exitCode, status, line);
		t.regex(step.stdout + step.stderr, wanted, line);
	}
});

// Recorded from curl 7.88.1 against Node's HTTP/2 server over OpenSSL; Go's server asks for a client's certificate, and gives one ticket.
test('curl -v tells the handshake message by message', async t => {
	const run = `curl -sv --cacert ${pki}/ca.crt ${api}/healthz`;
	const {stdout} = await runCli(['sh', '--steps', '-', '--json'], {stdin: JSON.stringify({run})});
	const lines: string[] = JSON.parse(stdout.split('\n')[0]!)
		.stderr.split('\n')
		.map((line: string) => line.replace(/\r$/, ''));
	const said = lines.filter(line => !/^[{}] \[/.test(line));
	t.deepEqual(said.slice(0, 13), [
		'*   Trying 172.25.254.100:6443...',
		'* Connected to 172.25.254.100 (172.25.254.100) port 6443 (#0)',
		'* ALPN: offers h2,http/1.1',
		'* TLSv1.3 (OUT), TLS handshake, Client hello (1):',
		`*  CAfile: ${pki}/ca.crt`,
		'*  CApath: none',
		'* TLSv1.3 (IN), TLS handshake, Server hello (2):',
		'* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):',
		'* TLSv1.3 (IN), TLS handshake, Request CERT (13):',
		'* TLSv1.3 (IN), TLS handshake, Certificate (11):',
		'* TLSv1.3 (IN), TLS handshake, CERT verify (15):',
		'* TLSv1.3 (IN), TLS handshake, Finished (20):',
		'* TLSv1.3 (OUT), TLS change cipher, Change cipher spec (1):',
	]);
	for (const line of [
		'* SSL connection using TLSv1.3 / TLS_AES_128_GCM_SHA256',
		'* ALPN: server accepted h2',
		'*  subject: CN=kube-apiserver',
		'*  expire date: Nov 21 02:00:00 2027 GMT',
		'*  subjectAltName: host "172.25.254.100" matched cert\'s IP address!',
		'*  issuer: CN=kubernetes',
		'*  SSL certificate verify ok.',
		'* using HTTP/2',
		'* h2h3 [:authority: 172.25.254.100:6443]',
		'> GET /healthz HTTP/2',
		'< HTTP/2 200 ',
		'* Connection #0 to host 172.25.254.100 left intact',
	])
		t.true(said.includes(line), line);
});
