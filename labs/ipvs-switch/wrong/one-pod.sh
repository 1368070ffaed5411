# Only one of the three pods is restarted: one node switches, two do not.
# misses: mode
yum install -y ipvsadm
ssh k8s-node1 yum install -y ipvsadm
ssh k8s-node2 yum install -y ipvsadm
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/' | kubectl apply -f -
kubectl -n kube-system delete pod $(kubectl -n kube-system get pod -l k8s-app=kube-proxy -o name | head -n 1 | cut -d / -f 2)
