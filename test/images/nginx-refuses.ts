import {readFileSync} from 'node:fs';
import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

interface Row {
	readonly http?: string;
	/** What stands in a server. */
	readonly conf: string;
	/** What the real `nginx -t` said, without names of files. */
	readonly said: string;
}

const rows: readonly Row[] = readFileSync('test/data/images/nginx-refuses.jsonl', 'utf8')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));

const upstream =
	'server { listen 9090; location / { default_type text/plain; return 200 "up $request_method $request_uri $http_host $http_x_real $http_x_fwd $http_connection|$server_protocol\\n"; } location /redir { return 302 http://127.0.0.1:9090/other; } location /404 { return 404; } location /500 { return 500; } location /hdr { add_header X-Up yes; add_header Set-Cookie a=b; return 204; } }';
const whole = ({http = '', conf}: Row) =>
	`${http.replaceAll('%P', '80')}\nserver { listen 80 default_server; root /srv/www; server_name _; ${conf} }\n${upstream}\n`;

const normal = (text: string) =>
	text
		.replaceAll(/\/[\w/.]*\.conf(:\d+)?/g, 'CONF')
		.replaceAll(/command terminated.*\n/g, '')
		.replaceAll(/^nginx: /gm, '')
		.replaceAll(/\[(emerg|warn|notice)\] /g, '');

test('nginx -t refuses what the real one refuses, in its words', async t => {
	const {play, session} = createPlayer(createCluster());
	await play('kubectl run web --image=nginx:1.27');
	for (const row of rows) {
		await session.run(`kubectl exec -i web -- sh -c 'cat > /etc/nginx/conf.d/default.conf' <<'XX'\n${whole(row)}\nXX`);
		const {stderr} = await session.run('kubectl exec web -- nginx -t');
		t.is(normal(stderr), row.said, row.http ?? row.conf);
	}
});
