# The ConfigMap is changed, but a running kube-proxy has read it long ago.
# misses: mode
yum install -y ipvsadm
ssh k8s-node1 yum install -y ipvsadm
ssh k8s-node2 yum install -y ipvsadm
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/' | kubectl apply -f -
