# Declarative: write the ConfigMap back changed, and let the DaemonSet roll.
for node in k8s-node1 k8s-node2; do ssh $node dnf -y install ipvsadm; done
dnf -y install ipvsadm
kubectl -n kube-system get cm kube-proxy -o yaml > kube-proxy.yaml
sed -i 's/mode: ""/mode: ipvs/' kube-proxy.yaml
kubectl apply -f kube-proxy.yaml
kubectl -n kube-system rollout restart daemonset kube-proxy
kubectl -n kube-system rollout status daemonset kube-proxy
ipvsadm -Ln
