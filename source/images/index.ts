import {alpineTags} from './base/alpine.js';
import type {Image} from '../node/image/image.js';
import agnhost from './apps/agnhost/agnhost.js';
import echoserver from './apps/echoserver.js';
import hpaExample from './apps/hpa-example.js';
import helloApp from './apps/hello-app.js';
import httpEcho from './apps/http-echo.js';
import {helloWorld} from './apps/hello-world.js';
import httpd from './apps/httpd.js';
import myapp from './apps/myapp.js';
import mysql from './apps/mysql.js';
import redis from './apps/redis.js';
import whoami from './apps/whoami.js';
import {alpine, busybox, busyboxplus, centos, curl, debian, golang, netshoot, node, python, ubuntu} from './base/shells.js';
import calicoControllers from './calico/controllers-image.js';
import calicoNode from './calico/image.js';
import etcd from './control-plane/etcd.js';
import kubeApiserver from './control-plane/kube-apiserver.js';
import kubeControllerManager from './control-plane/kube-controller-manager.js';
import kubeScheduler from './control-plane/kube-scheduler.js';
import coredns from './coredns/image.js';
import {nginxDataPlane, nginxGateway} from './gateway/images.js';
import {ingressNginxController, webhookCertgen} from './ingress-nginx/images.js';
import kubeProxy from './kube-proxy/image.js';
import {metallbController, metallbSpeaker} from './metallb/images.js';
import metricsServer from './metrics-server/image.js';
import nginx from './nginx/image.js';
import pause from './pause.js';
import {registry} from './registry/registry.js';

/** Every image that a registry of this world serves. */
const images: readonly Image[] = [
	// A kubeadm cluster.
	pause,
	etcd,
	kubeApiserver,
	kubeControllerManager,
	kubeScheduler,
	kubeProxy,
	coredns,
	calicoNode,
	calicoControllers,
	// Add-ons.
	metallbController,
	metallbSpeaker,
	metricsServer,
	ingressNginxController,
	webhookCertgen,
	nginxGateway,
	nginxDataPlane,
	// Servers.
	nginx,
	httpd,
	myapp,
	agnhost,
	echoserver,
	helloApp,
	hpaExample,
	httpEcho,
	whoami,
	redis,
	mysql,
	registry,
	helloWorld,
	// Tools and shells.
	busybox,
	busyboxplus,
	alpine,
	curl,
	netshoot,
	centos,
	debian,
	ubuntu,
	python,
	golang,
	node,
];

export default images.map(alpineTags);
