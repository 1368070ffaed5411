import {gunzipSync} from 'node:zlib';
import {readFileSync} from 'node:fs';
import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

/**
 * What nginx 1.22 of Debian answered, byte by byte, to requests under these configurations; dates, versions and ETags are left out.
 * `conf` stands in the server on port 80, `http` around it; the server on 9190 is an upstream.
 */
interface Recording {
	readonly http?: string;
	readonly conf: string;
	readonly exchanges: ReadonlyArray<readonly [request: string, answer: string]>;
}

const recordings = readFileSync('test/data/images/nginx-answers.jsonl', 'utf8')
	.trimEnd()
	.split('\n')
	.map(line => JSON.parse(line) as Recording);

const pages = {
	'50x.html': '<p>err</p>\n',
	'a.json': '{"a":1}\n',
	'a.txt': 'plain text file 0123456789\n',
	'dir/index.html': 'sub index\n',
	file: 'bin\n',
	'index.html': 'index\n',
	pw: 'u:{PLAIN}p\n',
};

const upstream = `server { listen 9190; location / { default_type text/plain; return 200 "up $request_method $request_uri $http_host $http_x_real $http_x_fwd $http_connection|$server_protocol\\n"; }
location /redir { return 302 http://127.0.0.1:9190/other; } location /404 { return 404; } location /500 { return 500; } location /hdr { add_header X-Up yes; add_header Set-Cookie a=b; return 204; } }`;

const configuration = ({http = '', conf}: Recording) => `${http.replaceAll('%P', '80')}
server { listen 80 default_server; root /srv/www; server_name _; ${conf} }
${upstream}
`;

/** A packed page is compared by what is in it. */
function unpacked(text: string): string {
	const [, head, packed] = /^(.*?Content-Encoding: gzip\r\n.*?\r\n\r\n)[\da-f]+\r\n(.*)\r\n0\r\n\r\n$/s.exec(text) ?? [];
	return packed === undefined ? text : head + gunzipSync(Buffer.from(packed, 'latin1')).toString('latin1');
}

const plain = (text: string) =>
	unpacked(text)
		.replace(/nginx\/1\.\d+\.\d+/g, 'nginx/V')
		.replace(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, 'DATE')
		.replace(/ETag: (W\/)?"[^"]*"/g, 'ETag: $1')
		.replace(/\d\d-\w{3}-\d{4} \d\d:\d\d/g, 'MTIME');

test('nginx answers what the real one answers', async t => {
	const cluster = createCluster({profile: 'base'});
	const player = createPlayer(cluster);
	await player.play('kubectl run web --image=nginx:1.27');
	const {uid} = cluster.api.reader.get('pods', 'default', 'web').metadata;
	const {files} = cluster.container(uid!, 'main') ?? cluster.container(uid!, 'web')!;
	for (const folder of ['dir', 'empty']) files.makeFolder(`/srv/www/${folder}`, {recursive: true});
	for (const [name, text] of Object.entries(pages)) files.write(`/srv/www/${name}`, text);
	const address = (await player.session.run('kubectl get pod web -o jsonpath={.status.podIP}')).stdout;
	const {stack} = cluster.hosts().find(({name}) => name === 'k8s-master')!;
	for (const recording of recordings) {
		files.write('/etc/nginx/conf.d/default.conf', configuration(recording));
		const {stderr} = await player.session.run('kubectl exec web -- nginx -s reload');
		cluster.advance(1000);
		t.notRegex(stderr, /emerg/, recording.conf);
		for (const [request, answer] of recording.exchanges) {
			const connection = stack.connect(address, 80);
			const {bytes, end, delayMs = 0} = connection.exchange(request);
			connection.close();
			cluster.advance(delayMs);
			t.is(plain(bytes) + (bytes === '' && end === 'timeout' ? '!timeout' : ''), answer, `${recording.conf}\n${request}`);
		}
	}
});
