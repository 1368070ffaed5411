import test from 'ava';
import {world} from './_world.js';

const dockerfile = `FROM nginx:1.27 AS base
ARG WHO=you
ENV A=1 \\
    B="two words"
LABEL team=web
MAINTAINER lee
WORKDIR /usr/share/nginx/html
COPY --chown=nobody:nobody *.txt ./
ADD files.tar /opt/
RUN echo "<h1>$WHO $A $B</h1>" > index.html
VOLUME /data
USER root
EXPOSE 80 443/tcp
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=5s CMD true
SHELL ["/bin/sh", "-ec"]
ONBUILD RUN echo later > /later
CMD ["nginx", "-g", "daemon off;"]
`;

test('every instruction does its work, and the image is a real one', async t => {
	const {out, err} = world();
	await out(
		'mkdir app; cd app; echo one > a.txt; echo two > b.txt; echo no > secret.txt; echo secret.txt > .dockerignore; mkdir d; echo in > d/f; tar cf files.tar d',
	);
	await out(`cat > Dockerfile <<'X'\n${dockerfile}X`);
	const progress = await err('docker build -t web:v1 --build-arg WHO=me .');
	t.regex(progress, /\n#\d+ \[1\/5\] FROM docker\.io\/library\/nginx:1\.27\n/);
	t.regex(progress, /\n#\d+ \[5\/5\] RUN echo "<h1>\$WHO \$A \$B<\/h1>" > index\.html\n/);
	t.regex(
		progress,
		/naming to docker\.io\/library\/web:v1 done\n[\s\S]*1 warning found \(use docker --debug to expand\):\n - MaintainerDeprecated/,
	);
	t.regex(await err('docker build -t web:v1 --build-arg WHO=me .'), /\n#\d+ \[5\/5\] RUN .*\n#\d+ CACHED\n/);
	await out('docker run -d --name web -p 8080:80 web:v1');
	t.is(await out('curl -s localhost:8080'), '<h1>me 1 two words</h1>\n');
	t.is(
		await out('docker exec web sh -c "pwd; ls; stat -c %u a.txt; cat /opt/d/f; echo $A"'),
		'/usr/share/nginx/html\n50x.html\na.txt\nb.txt\nindex.html\n65534\nin\n\n',
	);
	t.is(
		await out(
			"docker inspect -f '{{.Config.StopSignal}} {{json .Config.ExposedPorts}} {{.Config.Labels.team}} {{json .Config.Volumes}} {{json .Config.OnBuild}} {{json .Config.Shell}}' web:v1",
		),
		'SIGQUIT {"443/tcp":{},"80/tcp":{}} web {"/data":{}} ["RUN echo later > /later"] ["/bin/sh","-ec"]\n',
	);
	t.regex(await out('sleep 6; docker ps'), /\(healthy\)/);
	await out(
		'docker tag web:v1 reg.lilee.org/library/web:v1; docker push reg.lilee.org/library/web:v1; kubectl run web --image reg.lilee.org/library/web:v1; kubectl wait --for=condition=Ready pod/web',
	);
	t.is(await out('curl -s $(kubectl get pod web -o jsonpath={.status.podIP})'), '<h1>me 1 two words</h1>\n');
	await out("printf 'FROM web:v1\\n' > D2; docker build -t child -f D2 .");
	t.is(await out('docker run --rm --entrypoint cat child /later'), 'later\n');
});

test('stages hand files on; only what is needed is built', async t => {
	const {out, err} = world();
	await out(
		`mkdir m; cd m; printf 'FROM busybox AS builder\\nWORKDIR /app\\nRUN echo hi > main\\nFROM busybox AS unused\\nRUN false\\nFROM alpine\\nCOPY --from=builder /app/main /opt/\\nENTRYPOINT ["cat"]\\nCMD ["/opt/main"]\\n' > Dockerfile`,
	);
	t.regex(await err('docker build -t m .'), /\[builder 2\/3\] WORKDIR \/app\n[\s\S]*\[stage-2 2\/2\] COPY --from=builder/);
	t.is(await out('docker run --rm m; docker run --rm m /etc/alpine-release'), 'hi\n3.21.3\n');
	t.regex(await err('docker build --target unused .'), /process "\/bin\/sh -c false" did not complete successfully: exit code: 1\n$/);
	t.regex(await err('docker build --target nope .'), /ERROR: failed to solve: target stage "nope" could not be found\n$/);
});

test("mistakes are told in BuildKit's words, with the line", async t => {
	const {out, err, status} = world();
	await out('mkdir e; cd e');
	const build = async (text: string) => {
		await out(`printf '${text}' > Dockerfile`);
		return err('docker build -t e .');
	};
	t.regex(
		await build('FROM nginx\\nRUN false\\n'),
		/------\n > \[2\/2\] RUN false:\n------\nDockerfile:2\n-{20}\n {3}1 \| {5}FROM nginx\n {3}2 \| >>> RUN false\n {3}3 \| {5}\n-{20}\nERROR: failed to solve: process "\/bin\/sh -c false" did not complete successfully: exit code: 1\n$/,
	);
	t.regex(
		await build('FROM nginx\\nCOPY nope /x\\n'),
		/ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref \S+: "\/nope": not found\n$/,
	);
	t.regex(await build('FROM nginx\\nRUNN x\\n'), /dockerfile parse error on line 2: unknown instruction: RUNN \(did you mean RUN\?\)\n$/);
	t.regex(await build('RUN x\\nFROM nginx\\n'), /no build stage in current context\n$/);
	t.regex(await build('FROM nope\\n'), /failed to resolve source metadata for docker\.io\/library\/nope:latest: pull access denied/);
	t.regex(await build('FROM scratch\\nRUN ls\\n'), /exec: "\/bin\/sh": stat \/bin\/sh: no such file or directory\n$/);
	t.regex(await build('FROM busybox\\nRUN --mount=type=cache,target=/x ls\\n'), /kubelab: not simulated: RUN --mount\n$/);
	t.is(await status('docker build nopath'), 1);
	t.is(await status('docker build -t BAD .'), 1);
	t.is(await out('docker images -q'), '');
});

test('packages of three distributions, and a server that one of them brings', async t => {
	const {out, err} = world();
	await out(
		`mkdir p; cd p; printf 'FROM centos:7\\nRUN yum install -y nginx && yum clean all\\nRUN echo mine > /usr/share/nginx/html/index.html\\nCMD ["nginx","-g","daemon off;"]\\n' > Dockerfile; docker build -q -t own . && docker run -d -p 81:80 own`,
	);
	t.is(await out('curl -s localhost:81'), 'mine\n');
	await out(
		`printf 'FROM alpine\\nRUN apk add --no-cache curl\\nENTRYPOINT ["curl","-s"]\\n' > A; docker build -q -f A -t c . ; printf 'FROM debian\\nRUN apt-get update && apt-get install -y nosuch\\n' > D`,
	);
	t.is(await out('docker run --rm c http://172.25.254.100:81'), 'mine\n');
	t.regex(await err('docker build -f D .'), /E: Unable to locate package nosuch\n[\s\S]*did not complete successfully: exit code: 100\n$/);
	t.regex(
		await err(`printf 'FROM alpine\\nRUN apk add curl\\n' > N; docker build --network none -f N .`),
		/DNS: transient error[\s\S]*exit code: 1\n$/,
	);
});
