import test from 'ava';
import {extractCommands} from '../../source/shell/session/transcript.js';

const texts = (text: string) => extractCommands(text).map(command => (command.host ? `${command.host}: ${command.text}` : command.text));

test('a script comes back as it is', t => {
	const script = '#!/bin/bash\n# make it\nkubectl create ns a\nfor i in 1 2; do\n  echo $i\ndone\n';
	t.deepEqual(texts(script), [script]);
	t.deepEqual(texts('# kubectl get is next\nkubectl get pods\n'), ['# kubectl get is next\nkubectl get pods\n']);
	t.deepEqual(texts('  \n'), []);
});

test('prompts of the course notes: with a mark, without one, with a host nobody has', t => {
	t.deepEqual(
		texts(`[root@k8s-所有节点 pod]yum install ipvsadm -y
[root@k8s-master pod]# ps ax | grep kube
  1234 ?  Ssl  0:01 kubelet
[root@k8s-master ~]# kubectl get pods
NAME   READY   STATUS
web    1/1     Running
[root@reg ~]# curl 172.25.254.50
<html>
[root@k8s-master ~]#
`),
		['yum install ipvsadm -y', 'k8s-master: ps ax | grep kube', 'k8s-master: kubectl get pods', 'reg: curl 172.25.254.50'],
	);
});

test('heredocs, backslashes and loops go on over lines', t => {
	t.deepEqual(
		texts(`[root@k8s-master ~]# cat > a.yaml <<EOF
> kind: Pod
> metadata:
>   name: a
> EOF
[root@k8s-master ~]# kubectl run a \\
> --image nginx
pod/a created
[root@k8s-master ~]# for i in 1 2
> do
> echo $i
> done
1
2
[root@k8s-master ~]# cat <<EOF | kubectl apply -f -
kind: Service
EOF
service/x created
`),
		[
			'k8s-master: cat > a.yaml <<EOF\nkind: Pod\nmetadata:\n  name: a\nEOF',
			'k8s-master: kubectl run a \\\n--image nginx',
			'k8s-master: for i in 1 2\ndo\necho $i\ndone',
			'k8s-master: cat <<EOF | kubectl apply -f -\nkind: Service\nEOF',
		],
	);
});

test('shells inside containers, and a plain dollar', t => {
	const found = extractCommands(`[root@k8s-master pod]# kubectl run -it test --image busyboxplus
If you don't see a command prompt, try pressing enter.
/ # ping -c1 testpod
PING testpod (10.1.1.1): 56 data bytes
/ # exit
root@web-0:/# hostname
web-0
`);
	t.deepEqual(
		found.map(({text, inContainer}) => [text, inContainer]),
		[
			['kubectl run -it test --image busyboxplus', false],
			['ping -c1 testpod', true],
			['exit', true],
			['hostname', true],
		],
	);
	t.deepEqual(texts('$ kubectl get ns\nNAME\ndefault\n$ kubectl delete ns a\n'), ['kubectl get ns', 'kubectl delete ns a']);
});

test('output that looks like a redirection is no command', t => {
	t.deepEqual(texts('[root@k8s-master ~]# curl -v a\n> GET / HTTP/1.1\n> Host: a\n< HTTP/1.1 200 OK\n'), ['k8s-master: curl -v a']);
});
