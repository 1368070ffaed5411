import test from 'ava';
import {recorded, typeAll} from './_recordings.js';

const conf =
	'server { listen 80; root /usr/share/nginx/html; location /r { return 302 /index.html; } location /loop { return 302 /loop; } location /401 { return 401; } location /500 { return 500 "oops\\n"; } location /b { auth_basic "x"; auth_basic_user_file /etc/nginx/conf.d/pw; } location /echo { return 200 "$request_method $http_user_agent $http_x_a $content_length\\n"; } }';
const web = [
	`kubectl create configmap conf --from-literal=default.conf='${conf}'`,
	`kubectl apply -f - <<'E'
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers: [{name: nginx, image: 'nginx:1.27', volumeMounts: [{name: c, mountPath: /etc/nginx/conf.d}]}]
  volumes: [{name: c, configMap: {name: conf}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.5.5, selector: {app: web}, ports: [{port: 80}]}
E`,
];

/** Dates, speeds and lengths of time left out; the port, which another one stood for. */
const normal = (text: string) =>
	text
		.replaceAll('10.96.5.5:80', '10.96.5.5')
		.replaceAll('172.25.254.100', '10.96.5.5')
		.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'DATE')
		.replaceAll(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, 'HDATE')
		.replaceAll(/ETag: "\S+"/gi, 'ETag')
		.replaceAll(/[\d.,]+ [KMG]?B\/s/g, 'SPEED')
		.replaceAll(/ in [\d.]+s/g, ' in T')
		.replaceAll(/=[\d.]+s/g, '=T')
		.replaceAll(/[\d.]+[KMG]\b/g, 'N')
		.replaceAll(/100% +N/g, '100% N')
		.replaceAll(/(N|[.\d]+)=T/g, '=T')
		.replaceAll(/time: [\d.ms]+/g, 'time: T')
		.replaceAll(/\d+:\d\d:\d\d ETA/g, 'ETA')
		.replaceAll(/Wget\/[\d.]+/g, 'Wget/V')
		.replaceAll(/BusyBox v.*/g, 'BusyBox')
		.replaceAll(/command terminated.*\n/g, '');

test('GNU wget on a host', t => typeAll(t, [...web, 'dnf install -y wget', 'mkdir w; cd w'], recorded('gnu-wget'), normal, '--err\n'));

test('wget of BusyBox', t =>
	typeAll(t, [...web, 'kubectl run bb --image=busybox:1.36 -- sleep 1d'], recorded('busybox-wget'), normal, '--err\n'));
