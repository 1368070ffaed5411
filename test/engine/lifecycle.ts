import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {snapshotFromJson, snapshotToJson} from '../../source/sim/state.js';
import {world} from './_world.js';

test("exit statuses: 125 the daemon, 126 not executable, 127 not found, else the command's", async t => {
	const {status, err} = world();
	t.is(await status('docker run busybox sh -c "exit 7"'), 7);
	t.is(await status('docker run busybox nosuch'), 127);
	t.is(await status('docker run busybox /etc'), 126);
	t.is(await status('docker run --nosuch busybox'), 125);
	t.is(await status('docker run --name one busybox true; docker run --name one busybox true'), 125);
	t.is(await status('docker run --gpus all busybox'), 125);
	t.regex(
		await err('docker run -d --name a1 -p 99:80 nginx; docker run -d --name b1 -p 99:80 nginx'),
		/driver failed programming external connectivity on endpoint b1 \([0-9a-f]{64}\): Bind for 0\.0\.0\.0:99 failed: port is already allocated\n/,
	);
	t.regex(
		await err('docker run -d --name c1 -p 6443:80 nginx'),
		/failed to bind host port for 0\.0\.0\.0:6443:\S+: address already in use\n/,
	);
	t.regex(
		await err('docker ps --foo'),
		/^unknown flag: --foo\n\nUsage: {2}docker ps \[OPTIONS\]\n\nRun 'docker ps --help' for more information\n$/,
	);
	t.regex(
		await err('docker pull'),
		/^docker: 'docker pull' requires 1 argument\n\nUsage: {2}docker pull \[OPTIONS\] NAME\[:TAG\|@DIGEST\]\n/,
	);
	t.is(await err('docker foo'), "docker: unknown command: docker foo\n\nRun 'docker --help' for more information\n");
	t.regex(await err('docker compose up'), /^kubelab: not simulated: docker compose up\n$/);
});

test('iptables has the chains of dockerd, and what is deleted by hand is felt', async t => {
	const {out} = world();
	await out('ssh reg docker run -d --name web -p 8080:80 nginx');
	const rules = (await out('ssh reg iptables-save')).split('\n').filter(line => /^-A/.test(line));
	t.true(rules.includes('-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80'));
	t.true(rules.includes('-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT'));
	t.true(rules.includes('-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE'));
	t.true(rules.includes('-A FORWARD -j DOCKER-USER'));
	t.regex(await out('curl -s 172.25.254.250:8080'), /Welcome to nginx/);
	// Not past its published port.
	t.is(await out('ip route add 172.17.0.0/16 via 172.25.254.250; curl -s -m 2 172.17.0.2; echo $?'), '28\n');
	// Without the rule the packet meets docker-proxy, which listens as well.
	await out('ssh reg iptables -t nat -F DOCKER');
	t.regex(await out('curl -s 172.25.254.250:8080'), /Welcome to nginx/);
	await out('ssh reg iptables -I INPUT -p tcp --dport 8080 -j REJECT');
	t.is(await out('curl -s -m 2 172.25.254.250:8080; echo $?'), '7\n');
	t.is(await out('ssh reg "docker stop web; iptables-save | grep -c 172.17.0.2"'), 'web\n0\n');
});

test('a restart policy, a pause, a stopped daemon', async t => {
	const {out, err} = world();
	await out('docker run -d --restart on-failure:2 --name again busybox sh -c "echo try; exit 3"; sleep 5');
	t.is(
		await out("docker logs again; docker inspect -f '{{.RestartCount}} {{.State.Status}} {{.State.ExitCode}}' again"),
		'try\ntry\ntry\n2 exited 3\n',
	);
	await out('docker run -d --restart always --name web -p 8080:80 nginx; docker pause web');
	t.is(await out('curl -s -m 2 localhost:8080 >/dev/null; echo $?'), '28\n');
	t.regex(await err('docker exec web ls'), /container web is paused, unpause the container before exec/);
	t.regex(await out('docker unpause web; curl -s -m 2 localhost:8080'), /Welcome/);
	t.regex(
		await err('systemctl stop docker; docker ps'),
		/^Cannot connect to the Docker daemon at unix:\/\/\/var\/run\/docker\.sock\. Is the docker daemon running\?\n$/,
	);
	t.regex(await out('systemctl start docker; sleep 1; docker ps'), /Up .* web\n$/);
});

test('a world with containers, saved and loaded half-way, goes on with the same bytes', async t => {
	const before = [
		'docker run -d --name web -p 8080:80 nginx',
		'docker run -d --restart always --name r1 busybox sh -c "sleep 3; exit 1"',
		'mkdir b; cd b; printf "FROM busybox\\nRUN echo x > /f\\n" > Dockerfile; docker build -q -t own .',
	];
	const after = [
		'sleep 7; docker ps -a',
		'curl -s localhost:8080 | head -3; docker logs web | tail -1',
		'docker run --rm own cat /f; docker images',
		'docker stop web; docker start web; curl -s localhost:8080 | wc -c; iptables-save | grep -c DOCKER',
	];
	const play = async (save: boolean) => {
		let cluster = createCluster({profile: 'base', seed: 's'});
		let player = createPlayer(cluster);
		for (const line of before) await player.play(line);
		if (save) {
			const saved = JSON.parse(JSON.stringify({world: snapshotToJson(cluster.snapshot()), session: player.session.save()}));
			cluster = createCluster({profile: 'base', seed: 's loaded', from: snapshotFromJson(saved.world)});
			player = createPlayer(cluster);
			player.session.restore(saved.session);
		}

		const printed: string[] = [];
		for (const line of after) {
			const {stdout, stderr} = await player.play(line);
			printed.push(stdout + stderr);
		}

		return printed;
	};
	t.deepEqual(await play(true), await play(false));
});
