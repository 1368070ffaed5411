import {alpineTags} from './base/alpine.js';
import type {Image} from '../node/image/image.js';
import apps from './apps/index.js';
import {adminBox, dnstools, dnsutils, netshoot, tutumDnsutils} from './base/network-tools.js';
import {alpine, busybox, busyboxplus, centos, curl, debian, golang, ubuntu} from './base/shells.js';
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
	...apps,
	registry,
	// Tools and shells.
	busybox,
	busyboxplus,
	alpine,
	curl,
	netshoot,
	dnsutils,
	dnstools,
	tutumDnsutils,
	adminBox,
	centos,
	debian,
	ubuntu,
	golang,
];

export default images.map(alpineTags);
