import test from 'ava';
import {world} from './_world.js';

test('the registry answers as distribution and Harbor do', async t => {
	const {out, status} = world();
	t.regex(
		await out('curl -ski https://reg.lilee.org/v2/'),
		/^HTTP\/1\.1 401 Unauthorized\r\n[\s\S]*Www-Authenticate: Bearer realm="https:\/\/reg\.lilee\.org\/service\/token",service="harbor-registry"\r\n/,
	);
	t.is(await status('curl -s https://reg.lilee.org/v2/'), 60);
	t.is(await out('curl -s --cacert /etc/docker/certs.d/reg.lilee.org/ca.crt -u admin:lee https://reg.lilee.org/v2/'), '{}');
	t.regex(await out('curl -sk -u admin:lee https://reg.lilee.org/v2/_catalog'), /"library\/nginx"/);
	t.regex(await out('curl -sk https://reg.lilee.org/v2/library/myapp/tags/list'), /^\{"name":"library\/myapp","tags":\[.*"v1",.*"v2"/);
	t.regex(await out('curl -skI https://reg.lilee.org/v2/library/nginx/manifests/latest'), /Docker-Content-Digest: sha256:[0-9a-f]{64}\r\n/);
	t.regex(
		await out('curl -sk https://reg.lilee.org/v2/library/nginx/manifests/nope'),
		/"code":"NOT_FOUND","message":"artifact library\/nginx:nope not found"/,
	);
});

test('who may push where', async t => {
	const {out, err} = world();
	await out('docker pull busybox; docker tag busybox reg.lilee.org/team/busybox:1; docker logout reg.lilee.org');
	t.regex(
		await err('docker push reg.lilee.org/team/busybox:1'),
		/^unauthorized: unauthorized to access repository: team\/busybox, action: push/,
	);
	t.regex(
		await err('docker login reg.lilee.org -u admin -p wrong'),
		/Error response from daemon: Get "https:\/\/reg\.lilee\.org\/v2\/": unauthorized: authentication required\n$/,
	);
	t.is(await out('echo lee | docker login reg.lilee.org -u admin --password-stdin'), 'Login Succeeded\n');
	t.regex(await err('docker push reg.lilee.org/team/busybox:1'), /^unauthorized: project team not found: project team not found\n$/);
	await out(`curl -sk -u admin:lee -X POST https://reg.lilee.org/api/v2.0/projects -d '{"project_name":"team","public":false}'`);
	t.regex(await out('docker push reg.lilee.org/team/busybox:1'), /\n1: digest: sha256:/);
	// A private project: the node needs the pod's secret.
	await out('kubectl run without --image reg.lilee.org/team/busybox:1 -- sleep 999; sleep 3');
	t.regex(
		await out('kubectl describe pod without'),
		/unexpected status from HEAD request to https:\/\/reg\.lilee\.org\/v2\/team\/busybox\/manifests\/1: 401 Unauthorized/,
	);
	const secret = (password: string) =>
		`kubectl create secret docker-registry cred-${password} --docker-server=reg.lilee.org --docker-username=admin --docker-password=${password}`;
	const pod = (password: string) =>
		`kubectl run with-${password} --image reg.lilee.org/team/busybox:1 --overrides '{"spec":{"imagePullSecrets":[{"name":"cred-${password}"}]}}' -- sleep 999`;
	await out(`${secret('lee')}; ${pod('lee')}; ${secret('bad')}; ${pod('bad')}; sleep 5`);
	t.regex(await out('kubectl get pod with-lee'), /1\/1 +Running/);
	t.regex(
		await out('kubectl describe pod with-bad'),
		/failed to authorize: failed to fetch oauth token: unexpected status from GET request to https:\/\/reg\.lilee\.org\/service\/token\?\S+: 401 Unauthorized/,
	);
});

test('what is wrong with the way to a registry is what the pull says', async t => {
	const {out, err} = world();
	t.regex(
		await err('docker pull nowhere.example/x'),
		/Get "https:\/\/nowhere\.example\/v2\/": dial tcp: lookup nowhere\.example on 172\.25\.254\.2:53: no such host/,
	);
	t.regex(await err('docker pull reg.lilee.org/library/none'), /unknown: repository library\/none not found/);
	t.regex(await err('docker pull nginx:9.99'), /manifest for nginx:9\.99 not found: manifest unknown: manifest unknown/);
	await out('rm /etc/docker/certs.d/reg.lilee.org/ca.crt');
	t.regex(
		await err('docker pull reg.lilee.org/library/nginx'),
		/Get "https:\/\/reg\.lilee\.org\/v2\/": tls: failed to verify certificate: x509: certificate signed by unknown authority/,
	);
	await out(
		'ssh k8s-node1 rm /etc/containerd/certs.d/reg.lilee.org/ca.crt; kubectl run x --image reg.lilee.org/library/nginx --overrides \'{"spec":{"nodeName":"k8s-node1"}}\'; sleep 2',
	);
	t.regex(
		await out('kubectl describe pod x'),
		/failed to do request: Head "https:\/\/reg\.lilee\.org\/v2\/library\/nginx\/manifests\/latest": tls: failed to verify certificate: x509: certificate signed by unknown authority/,
	);
	await out('ssh reg systemctl stop harbor');
	t.regex(
		await err('docker pull reg.timinglee.org/library/nginx'),
		/Get "https:\/\/reg\.timinglee\.org\/v2\/": dial tcp 172\.25\.254\.250:443: connect: connection refused/,
	);
	t.regex(
		await out('ssh reg systemctl start harbor; docker pull -q reg.timinglee.org/library/nginx'),
		/^reg\.timinglee\.org\/library\/nginx:latest\n$/,
	);
});

test("a registry of one's own", async t => {
	const {out, err} = world();
	await out(
		'docker run -d --name registry -p 5000:5000 -v /srv/registry:/var/lib/registry registry:2; docker pull busybox; docker tag busybox localhost:5000/tools/bb:v1',
	);
	t.regex(await out('docker push localhost:5000/tools/bb:v1'), /v1: digest: sha256:/);
	t.is(await out('curl -s localhost:5000/v2/_catalog'), '{"repositories":["tools/bb"]}\n');
	t.is(await out('cut -c1-7 /srv/registry/docker/registry/v2/repositories/tools/bb/_manifests/tags/v1/current/link'), 'sha256:\n');
	t.regex(
		await err('docker pull 172.25.254.100:5000/tools/bb:v1'),
		/Get "https:\/\/172\.25\.254\.100:5000\/v2\/": http: server gave HTTP response to HTTPS client/,
	);
	await out(
		`echo '{"insecure-registries":["172.25.254.100:5000"]}' > /etc/docker/daemon.json; systemctl restart docker; docker start registry`,
	);
	t.regex(
		await out('docker pull 172.25.254.100:5000/tools/bb:v1'),
		/Status: Downloaded newer image for 172\.25\.254\.100:5000\/tools\/bb:v1\n/,
	);
	await out('echo broken > /etc/docker/daemon.json');
	t.regex(
		await err('systemctl restart docker; docker ps'),
		/Cannot connect to the Docker daemon at unix:\/\/\/var\/run\/docker\.sock\. Is the docker daemon running\?\n$/,
	);
});
