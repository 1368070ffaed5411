import test from 'ava';
import {world} from './_world.js';

test('0.12 MetalLB images reach the nodes through the harbor, or not at all', async t => {
	const {out, err, player} = world();
	t.is(
		await err('docker tag quay.io/metallb/controller:v0.14.8 reg.lilee.org/metallb/controller:v0.14.8'),
		'Error response from daemon: No such image: quay.io/metallb/controller:v0.14.8\n',
	);
	t.regex(
		await out('docker pull quay.io/metallb/controller:v0.14.8'),
		/^v0\.14\.8: Pulling from metallb\/controller\n[\s\S]*Status: Downloaded newer image for quay\.io\/metallb\/controller:v0\.14\.8\n/,
	);
	await player.play('docker pull quay.io/metallb/speaker:v0.14.8');
	await player.play('docker tag quay.io/metallb/controller:v0.14.8 reg.lilee.org/metallb/controller:v0.14.8');
	t.regex(
		await out('docker push reg.lilee.org/metallb/controller:v0.14.8'),
		/^The push refers to repository \[reg\.lilee\.org\/metallb\/controller\]\n([0-9a-f]{12}: Preparing\n)+([0-9a-f]{12}: Pushed\n)+v0\.14\.8: digest: sha256:[0-9a-f]{64} size: \d+\n$/,
	);
	await player.play('curl -sO https://raw.githubusercontent.com/metallb/metallb/v0.14.8/config/manifests/metallb-native.yaml');
	await player.play(
		"sed -i 's#image: quay.io/metallb/#image: metallb/#' metallb-native.yaml; kubectl apply -f metallb-native.yaml; sleep 20",
	);
	const pods = await out('kubectl -n metallb-system get pods');
	t.regex(pods, /controller-\S+ +1\/1 +Running/);
	t.regex(pods, /speaker-\S+ +0\/1 +(ErrImagePull|ImagePullBackOff)/);
	t.regex(
		await out('kubectl -n metallb-system get events'),
		/failed to resolve reference "docker\.io\/metallb\/speaker:v0\.14\.8": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed/,
	);
	await player.play(
		'docker tag quay.io/metallb/speaker:v0.14.8 reg.lilee.org/metallb/speaker:v0.14.8; docker push reg.lilee.org/metallb/speaker:v0.14.8',
	);
	await player.play('kubectl -n metallb-system rollout restart ds speaker; sleep 40');
	t.regex(await out('kubectl -n metallb-system get pods'), /speaker-\S+ +1\/1 +Running/);
});

test('1.9 docker: the basic commands', async t => {
	const {out, err, status} = world();
	t.regex(
		await out('docker version'),
		/^Client: Docker Engine - Community\n Version: +28\.1\.1\n[\s\S]*\nServer: Docker Engine - Community\n Engine:\n/,
	);
	t.regex(await out('docker info'), /\n Storage Driver: overlay2\n[\s\S]*Registry Mirrors:\n {2}https:\/\/reg\.lilee\.org\/\n/);
	t.is(await out('docker images'), 'REPOSITORY   TAG   IMAGE ID   CREATED   SIZE\n');
	t.regex(
		await out('docker search centos'),
		/^NAME +DESCRIPTION +STARS +OFFICIAL\ncentos +DEPRECATED; The official build of CentOS\. +\d+ +\[OK\]\n/,
	);
	await out('docker pull alpine:latest');
	t.is(await status('docker pull xxx.com alpine:latest'), 1);
	t.is(await err('docker run -it centos:8 bash'), 'the input device is not a TTY\n');
	t.regex(await out('docker run -d -it --name c8 centos:8 bash'), /^[0-9a-f]{64}\n$/);
	await out('docker run -d -p 12345:80 --name web nginx:1.14.2');
	t.regex(
		await out('docker ps'),
		/nginx:1\.14\.2 .* 0\.0\.0\.0:12345->80\/tcp, \[::\]:12345->80\/tcp +web\n[\s\S]*centos:8 +"bash" .*c8\n/,
	);
	const [id = ''] = (await out('docker ps -q')).split('\n');
	t.regex(id, /^[0-9a-f]{12}$/);
	t.regex(await out('curl -s 172.25.254.100:12345'), /Welcome to nginx!/);
	t.regex(await out('ssh reg curl -s 172.25.254.100:12345'), /Welcome to nginx!/);
	t.regex(await out(`docker logs ${id}`), /172\.25\.254\.250 - - \[.*\] "GET \/ HTTP\/1\.1" 200/);
	await out('echo mine > index.html');
	await out(`docker cp index.html ${id}:/usr/share/nginx/html; rm index.html; docker cp ${id}:/usr/share/nginx/html/index.html .`);
	t.is(await out('cat index.html; curl -s localhost:12345'), 'mine\nmine\n');
	t.is(await out(`docker exec ${id} cat /usr/share/nginx/html/index.html`), 'mine\n');
	t.regex(await out(`docker diff ${id}`), /^C \/run\nA \/run\/nginx\.pid\nC \/usr\n[\s\S]*C \/usr\/share\/nginx\/html\/index\.html\n/);
	t.regex(
		await out(`docker commit ${id} mine:v1; docker history mine:v1`),
		/^sha256:[0-9a-f]{64}\nIMAGE +CREATED +CREATED BY +SIZE +COMMENT\n/,
	);
	t.is(
		await err('docker rm web'),
		'Error response from daemon: cannot remove container "/web": container is running: stop the container before removing or force remove\n',
	);
	t.regex(
		await err('docker rmi nginx:1.14.2'),
		/conflict: unable to remove repository reference "nginx:1\.14\.2" \(must force\) - container [0-9a-f]{12} is using its referenced image [0-9a-f]{12}\n/,
	);
	t.is(await out('docker stop web; docker start web; docker rm -f web c8'), 'web\nweb\nweb\nc8\n');
	t.regex(await out('docker rmi nginx:1.14.2'), /^Untagged: nginx:1\.14\.2\nUntagged: nginx@sha256:/);
	t.regex(await out('docker run --rm -p 9090:80 -d mine:v1 >/dev/null; curl -s localhost:9090'), /^mine\n$/);
});

test('1.9 docker: two containers on a network of their own', async t => {
	const {out, err} = world();
	await out('docker network create mynetwork');
	await out('docker run --network=mynetwork --name mymysql -e MYSQL_ROOT_PASSWORD=12345678 -p 8806:3306 -d mysql:5.7');
	t.regex(
		await out('docker run --rm --network mynetwork busybox nslookup mymysql'),
		/Server:\t\t127\.0\.0\.11\n[\s\S]*Name:\tmymysql\nAddress: 172\.18\.0\.2\n/,
	);
	t.is(await out('docker run --rm busybox nslookup mymysql | grep -c 172.18'), '0\n');
	t.is(
		await out("docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}' mynetwork"),
		'172.18.0.0/16 172.18.0.1\n',
	);
	t.regex(
		await err('docker network rm mynetwork'),
		/error while removing network: network mynetwork has active endpoints \(name:"mymysql" id:"[0-9a-f]{12}"\)/,
	);
	t.is(await out('docker rm -f mymysql; docker network rm mynetwork; ip -br link | grep -c br-'), 'mymysql\nmynetwork\n0\n');
});

test('3.9 a Service without a selector reaches a container on a host', async t => {
	const {out} = world();
	await out('ssh reg docker run --name nginx -p 80:80 -d nginx');
	await out(`kubectl apply -f - <<'X'
apiVersion: v1
kind: Service
metadata: {name: nginx-noselect}
spec:
  ports: [{protocol: TCP, port: 6666, targetPort: 80}]
---
apiVersion: v1
kind: Endpoints
metadata: {name: nginx-noselect}
subsets:
- addresses: [{ip: 172.25.254.250}]
  ports: [{port: 80}]
X`);
	t.regex(await out('sleep 2; curl -s $(kubectl get svc nginx-noselect -o jsonpath={.spec.clusterIP}):6666'), /Welcome to nginx!/);
	t.regex(await out('ssh reg curl -s localhost'), /Welcome to nginx!/);
	t.is(
		await out(
			'ssh reg docker stop nginx >/dev/null; curl -s -m 3 $(kubectl get svc nginx-noselect -o jsonpath={.spec.clusterIP}):6666; echo $?',
		),
		'7\n',
	);
});

test("0.16 ingress-nginx from the teacher's registry to one's own", async t => {
	const {out, err} = world();
	const [from, to] = ['reg.timinglee.org/ingress-nginx', 'reg.lilee.org/ingress-nginx'];
	for (const image of ['controller:v1.11.2', 'kube-webhook-certgen:v1.4.3']) {
		t.regex(await out(`docker pull ${from}/${image}`), /Status: Downloaded newer image for reg\.timinglee\.org\/ingress-nginx/);
		t.regex(await err(`docker pull ${to}/${image}`), /unknown: repository ingress-nginx\/\S+ not found/);
	}

	await out(
		`docker tag ${from}/controller:v1.11.2 ${to}/controller:v1.11.2; docker push ${to}/controller:v1.11.2; docker tag ${from}/kube-webhook-certgen:v1.4.3 ${to}/kube-webhook-certgen:v1.4.3`,
	);
	await out(
		`kubectl run pushed --image ${to}/controller:v1.11.2 --command -- sleep 99; kubectl run not-pushed --image ingress-nginx/kube-webhook-certgen:v1.4.3; kubectl run short --image ingress-nginx/controller:v1.11.2 --command -- sleep 99; sleep 9`,
	);
	const pods = await out('kubectl get pods');
	t.regex(pods, /pushed +1\/1 +Running/);
	t.regex(pods, /short +1\/1 +Running/);
	t.regex(pods, /not-pushed +0\/1 +(ErrImagePull|ImagePullBackOff)/);
	t.regex(await out(`docker push ${to}/kube-webhook-certgen:v1.4.3`), /: Pushed\nv1\.4\.3: digest: sha256:/);
});
