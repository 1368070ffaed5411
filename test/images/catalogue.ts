import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {md5Crypt} from '../../source/tls/password.js';
import {createCluster} from '../../source/cluster/cluster.js';
import {exampleDocuments} from '../../source/images/examples/examples.js';
import images from '../../source/images/index.js';
import {createPlayer} from '../../source/lab/player.js';
import {findExecutable} from '../../source/node/program/executable.js';
import {imageTree} from '../../source/node/image/image-tree.js';
import {parseReference} from '../../source/node/image/image-reference.js';
import {createFiles} from '../../source/os/file-tree.js';
import {createSim} from '../../source/sim/sim.js';
import {boundPod, nodeWorld} from '../helpers/node-world.js';

test('every image starts: its command is a file in it that may be executed', t => {
	const sim = createSim('catalogue');
	for (const image of images) {
		for (const [tag, variant] of Object.entries(image.tags)) {
			const name = `${image.repository}:${tag}`;
			const files = createFiles(sim, name, imageTree({image, tag, variant, digest: name}));
			const argv = [...variant.entrypoint, ...variant.command];
			const found = findExecutable(files, argv[0] ?? '', variant.workingDir ?? '/', variant.env?.['PATH']);
			t.true('path' in found, `${name}: ${argv.join(' ')}: ${'error' in found ? found.error : ''}`);
		}
	}
});

test('no name means two images, and every name is one', t => {
	const seen = new Map<string, string>();
	for (const image of images) {
		for (const name of [image.repository, ...(image.aliases ?? [])]) {
			t.is(seen.get(name), undefined, `${name} is both ${seen.get(name)} and ${image.repository}`);
			seen.set(name, image.repository);
			const reference = parseReference(name);
			t.is('error' in reference ? reference.error : reference.repository, name);
		}
	}
});

test('every image that an example of the documentation names is one of the catalogue', t => {
	const known = new Map(images.flatMap(image => [image.repository, ...(image.aliases ?? [])].map(name => [name, image] as const)));
	for (const [url, text] of exampleDocuments) {
		for (const [, name] of text().matchAll(/^ *(?:- )?image: (.*)$/gm)) {
			const reference = parseReference(name!);
			t.true('tag' in reference && known.get(reference.repository)?.tags[reference.tag] !== undefined, `${url}: ${name}`);
		}
	}
});

const names: ReadonlyArray<readonly [text: string, full: string]> = [
	['nginx', 'docker.io/library/nginx:latest'],
	['ikubernetes/myapp:v1', 'docker.io/ikubernetes/myapp:v1'],
	['reg.timinglee.org/library/myapp:v2', 'reg.timinglee.org/library/myapp:v2'],
	['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
	['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
];
for (const [text, full] of names) {
	test(`${text} is ${full}`, t => {
		const reference = parseReference(text);
		t.is('error' in reference ? reference.error : reference.name, full);
	});
}

/** A pod of this image, and what a GET from its node gives. */
function served(image: string, more: object = {}) {
	const world = nodeWorld(image);
	world.admin.create(boundPod('web', {containers: [{name: 'c', image, ...more}]}));
	world.settle();
	const address = (world.pod('web') as KubeObject)['status'].podIP as string;
	const {stack} = world.hosts.get('k8s-node1')!.machine;
	const get = (path: string, port = 80, headers = '') => {
		const connection = stack.connect(address, port);
		const answer = connection.exchange(`GET ${path} HTTP/1.1\r\nHost: ${address}\r\nUser-Agent: curl/7.76.1\r\n${headers}\r\n`).bytes;
		connection.close();
		const end = answer.indexOf('\r\n\r\n');
		return {head: answer.slice(0, end), body: answer.slice(end + 4)};
	};
	const {containerd} = world.hosts.get('k8s-node1')!;
	const {id} = containerd.containers().find(each => each.podName === 'web')!;
	const run = (...argv: string[]) => containerd.execNow(id, argv);
	return {world, get, run, logs: () => containerd.logs(id).map(line => line.text)};
}

test('myapp says its version and its name', t => {
	const {get} = served('timinglee/myapp:v2');
	t.is(get('/').body, 'Hello MyApp | Version: v2 | <a href="hostname.html">Pod Name</a>\n');
	t.is(get('/hostname.html').body, 'web\n');
	t.regex(get('/').head, /^HTTP\/1\.1 200 OK\r\nServer: nginx\/1\.12\.2\r\n/);
});

const phases = `
limit_req_zone $binary_remote_addr zone=one:1m rate=1r/m;
geo $who { default other; 172.25.254.0/24 node; }
server {
	listen 8080;
	root /none;
	location /in { internal; return 200 in; }
	location /private { auth_basic who; auth_basic_user_file users; try_files /none /in; }
	location /denied { deny 172.25.254.0/24; allow all; try_files /none /in; }
	location /either { satisfy any; deny all; auth_basic who; auth_basic_user_file /etc/nginx/users; try_files /none /in; }
	location /asked { auth_request /auth; try_files /none /in; }
	location = /auth { internal; if ($http_x_pass = yes) { return 204; } return 403; }
	location /limited { limit_req zone=one; limit_req_status 429; try_files /none /in; }
	location /named { error_page 404 @named; }
	location @named { return 404 "named $uri"; }
	location /cycle { rewrite ^ /cycle last; }
	location /geo { return 200 $who; }
	location /tried { return 200 tried; }
}`;

test('nginx serves files, answers 404 and 304 as it does, logs, and reads its configuration', t => {
	const {get, run, logs} = served('nginx:1.27');
	t.regex(get('/').body, /<h1>Welcome to nginx!<\/h1>/);
	const missing = get('/nope');
	t.regex(
		missing.head,
		/^HTTP\/1\.1 404 Not Found\r\nServer: nginx\/1\.27\.5\r\nDate: .*\r\nContent-Type: text\/html\r\nContent-Length: 153\r\nConnection: keep-alive$/,
	);
	t.is(
		missing.body,
		'<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.27.5</center>\r\n</body>\r\n</html>\r\n',
	);
	const etag = /ETag: (\S+)/.exec(get('/').head)![1]!;
	t.regex(get('/', 80, `If-None-Match: ${etag}\r\n`).head, /^HTTP\/1\.1 304 Not Modified/);
	t.regex(
		logs().at(-1)!,
		/^172\.25\.254\.10 - - \[21\/Nov\/2026:02:\d\d:\d\d \+0000\] "GET \/ HTTP\/1\.1" 304 0 "-" "curl\/7\.76\.1" "-"$/,
	);
	run('sh', '-c', 'echo changed > /usr/share/nginx/html/index.html');
	t.is(get('/').body, 'changed\n');
	run('sh', '-c', 'echo "server { listen 8080; location / { return 200 \\"two\\n\\"; } }" > /etc/nginx/conf.d/two.conf');
	t.is(run('nginx', '-s', 'reload').exitCode, 0);
	t.is(get('/', 8080).body, 'two\n');
	run('sh', '-c', `echo 'a:${md5Crypt('right', 'salt', 'apr1')}' > /etc/nginx/users`);
	run('sh', '-c', `cat > /etc/nginx/conf.d/two.conf <<'EOF'\n${phases}\nEOF`);
	run('nginx', '-s', 'reload');
	const basic = (pair: string) => `Authorization: Basic ${Buffer.from(pair).toString('base64')}\r\n`;
	const cases: ReadonlyArray<readonly [path: string, status: number, body?: string, headers?: string]> = [
		['/private', 401],
		['/private', 401, undefined, basic('a:wrong')],
		['/private', 200, 'in', basic('a:right')],
		['/denied', 403],
		['/either', 200, 'in', basic('a:right')],
		['/asked', 403],
		['/asked', 200, 'in', 'X-Pass: yes\r\n'],
		['/limited', 200, 'in'],
		['/limited', 429],
		['/named', 404, 'named /named'],
		['/cycle', 500],
		['/geo', 200, 'node'],
		['/two//../tried', 200, 'tried'],
	];
	for (const [path, status, body, headers] of cases) {
		const answer = get(path, 8080, headers);
		t.is(Number(answer.head.slice(9, 12)), status, path);
		if (body !== undefined) t.is(answer.body, body, path);
	}

	run('sh', '-c', 'echo "server { listen 8080; location / { return 200 \\"two\\n\\"; } }" > /etc/nginx/conf.d/two.conf');
	run('nginx', '-s', 'reload');
	run('sh', '-c', 'echo "nonsense on;" > /etc/nginx/conf.d/two.conf');
	t.regex(run('nginx', '-t').stderr, /unknown directive "nonsense" in \/etc\/nginx\/conf\.d\/two\.conf:1/);
	run('nginx', '-s', 'reload');
	t.is(get('/', 8080).body, 'two\n', 'a configuration that is not valid changes nothing');
});

test('httpd says that it works', t => {
	const {get} = served('httpd:2.4');
	t.is(get('/').body, '<html><body><h1>It works!</h1></body></html>\n');
	t.regex(get('/x').body, /<h1>Not Found<\/h1>\n<p>The requested URL was not found on this server\.<\/p>/);
});

test('mysql does not start without a password', t => {
	const {world} = served('mysql:8.0');
	t.true((world.pod('web') as KubeObject)['status'].containerStatuses[0].restartCount > 0);
});

test('redis remembers what redis-cli tells it', async t => {
	const player = createPlayer(createCluster());
	await player.play('kubectl run r --image=redis:7 --port=6379 --expose; sleep 3');
	const cli = async (words: string) => {
		const {stdout, stderr} = await player.play(`kubectl exec r -- redis-cli ${words}`);
		return stdout + stderr;
	};
	t.is(await cli('ping'), 'PONG\n');
	t.is(await cli('-h r set greeting "hello world"'), 'OK\n');
	t.is(await cli('get greeting'), 'hello world\n');
	t.is(await cli('--no-raw mget greeting none'), '1) "hello world"\n2) (nil)\n');
	t.is(await cli('--no-raw incr greeting'), '(error) ERR value is not an integer or out of range\n');
	t.is(await cli('hset a b c'), 'ERR kubelab: not simulated: redis hset\n\n');
	t.is(await cli('nosuch a'), "ERR unknown command 'nosuch', with args beginning with: 'a' \n\n");
	t.regex(await cli('-p 7000 ping'), /^Could not connect to Redis at 127\.0\.0\.1:7000: Connection refused\n/);
});

test('arguments that are no command go to the command that the entry script stands for', async t => {
	const player = createPlayer(createCluster());
	await player.play('kubectl run web --image=nginx --port=80 --expose; sleep 3');
	const run = async (words: string) =>
		(await player.play(`kubectl run tmp --rm -i --restart=Never --image=curlimages/curl -- ${words}`)).stdout.split('\n')[0];
	t.is(await run(`-s -o /dev/null -w '%{http_code}\\n' http://web`), '200');
	t.is(await run('http://web -s'), '<!DOCTYPE html>');
	t.is(await run("sh -c 'echo $0'"), 'sh');
	await player.play('kubectl run r --image=redis -- --appendonly yes; sleep 3');
	t.is((await player.play('kubectl exec r -- redis-cli ping')).stdout, 'PONG\n');
});
