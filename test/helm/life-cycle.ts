import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {chartDocuments} from '../../source/images/charts/repositories.js';
import {createIngress, fetch, run} from '../helpers/ingress-cluster.js';
import {runHelm} from '../helpers/run-helm.js';

test('a release is installed, upgraded, rolled back and uninstalled', t => {
	const cluster = createCluster({profile: 'base', seed: 'helm'});
	const ok = (line: string) => {
		const {stdout, stderr, exitCode} = runHelm(cluster, line);
		t.is(exitCode, 0, stderr);
		return stdout;
	};

	const fails = (line: string) => {
		const {stderr, exitCode} = runHelm(cluster, line);
		t.is(exitCode, 1);
		return stderr;
	};

	t.is(ok('helm create web'), 'Creating web\n');
	t.is(ok('helm lint web'), '==> Linting web\n[INFO] Chart.yaml: icon is recommended\n\n1 chart(s) linted, 0 chart(s) failed\n');
	t.regex(
		ok('helm install demo web --set image.repository=myapp,image.tag=v1 --wait'),
		/^NAME: demo\nLAST DEPLOYED: .* 2026\nNAMESPACE: default\nSTATUS: deployed\nREVISION: 1\nNOTES:\n/,
	);
	t.is(fails('helm install demo web'), 'Error: INSTALLATION FAILED: cannot re-use a name that is still in use\n');
	t.regex(run(cluster, 'get deployment demo-web'), /demo-web\s+1\/1\s+1\s+1/);
	t.regex(ok('helm upgrade demo web --reuse-values --set replicaCount=2 --wait'), /^Release "demo" has been upgraded. Happy Helming!\n/);
	t.regex(run(cluster, 'get deployment demo-web'), /demo-web\s+2\/2\s+2\s+2/);
	t.is(ok('helm get values demo'), 'USER-SUPPLIED VALUES:\nimage:\n  repository: myapp\n  tag: v1\nreplicaCount: 2\n');
	t.is(
		run(cluster, 'get secrets --field-selector type=helm.sh/release.v1 -o name'),
		'secret/sh.helm.release.v1.demo.v1\nsecret/sh.helm.release.v1.demo.v2\n',
	);
	t.is(run(cluster, 'get secret sh.helm.release.v1.demo.v2 -o jsonpath={.metadata.labels.status}'), 'deployed');
	t.is(ok('helm rollback demo 1'), 'Rollback was a success! Happy Helming!\n');
	t.is(run(cluster, 'get deployment demo-web -o jsonpath={.spec.replicas}'), '1');
	const history = JSON.parse(ok('helm history demo -o json')) as Array<{revision: number; status: string; description: string}>;
	t.deepEqual(
		history.map(({revision, status, description}) => [revision, status, description]),
		[
			[1, 'superseded', 'Install complete'],
			[2, 'superseded', 'Upgrade complete'],
			[3, 'deployed', 'Rollback to 1'],
		],
	);
	t.is(ok('helm list -q'), 'demo\n');
	t.is(ok('helm uninstall demo --keep-history'), 'release "demo" uninstalled\n');
	t.is(ok('helm list -q'), '');
	t.is(ok('helm list -a -q'), 'demo\n');
	t.is(ok('helm uninstall demo'), 'release "demo" uninstalled\n');
	t.regex(run(cluster, 'get deployment,secret'), /No resources found/);
});

test('errors are those of helm', t => {
	const cluster = createCluster({profile: 'base', seed: 'helm'});
	runHelm(cluster, 'helm create web');
	const rows: ReadonlyArray<readonly [string, string]> = [
		['helm install demo nope/web', 'INSTALLATION FAILED: repo nope not found'],
		['helm install demo ./nope', 'INSTALLATION FAILED: path "./nope" not found'],
		['helm install demo nope', 'INSTALLATION FAILED: non-absolute URLs should be in form of repo_name/path_to_chart, got: nope'],
		['helm install web', 'INSTALLATION FAILED: must either provide a name or specify --generate-name'],
		['helm install demo web --set a', 'INSTALLATION FAILED: failed parsing --set data: key "a" has no value'],
		['helm install demo web -f no.yaml', 'INSTALLATION FAILED: open no.yaml: no such file or directory'],
		['helm install demo web -n nowhere', 'INSTALLATION FAILED: create: failed to create: namespaces "nowhere" not found'],
		['helm upgrade demo web', 'UPGRADE FAILED: "demo" has no deployed releases'],
		['helm status demo', 'release: not found'],
		['helm uninstall demo', 'uninstall: Release not loaded: demo: release: not found'],
		['helm repo list', 'no repositories to show'],
		['helm repo update', 'no repositories found. You must add one before updating'],
		['helm search repo', 'no repositories configured'],
		['helm install demo web --nope', 'unknown flag: --nope'],
	];
	for (const [line, error] of rows) {
		const {stderr, exitCode} = runHelm(cluster, line);
		t.is(stderr, `Error: ${error}\n`, line);
		t.is(exitCode, 1, line);
	}

	t.is(runHelm(cluster, 'helm search hub nginx').exitCode, 125);
});

test('ingress-nginx from its chart serves traffic', t => {
	const cluster = createCluster({profile: 'base', seed: 'helm'});
	const archive = chartDocuments.find(([url]) => url.endsWith('ingress-nginx-4.11.2.tgz'))![1]();
	cluster.hosts()[0]!.files.write('/root/chart.tgz', archive);
	const {stderr, exitCode} = runHelm(
		cluster,
		'helm install ingress-nginx chart.tgz -n ingress-nginx --create-namespace --set controller.service.type=NodePort --wait',
	);
	t.is(exitCode, 0, stderr);
	run(cluster, 'create deployment web --image myapp:v1');
	run(cluster, 'expose deployment web --port 80');
	cluster.settle();
	createIngress(cluster, 'web', '--rule=web.example.com/*=web:80');
	cluster.settle();
	t.regex(fetch(cluster, 'web.example.com'), /^HTTP\/1\.1 200 OK[\s\S]*Hello MyApp \| Version: v1/);
	t.regex(fetch(cluster, 'other.example.com'), /^HTTP\/1\.1 404/);
});
