# ipvsadm was never installed on k8s-node2.
# misses: tools
yum install -y ipvsadm
ssh k8s-node1 yum install -y ipvsadm
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/' | kubectl apply -f -
kubectl -n kube-system delete pod -l k8s-app=kube-proxy
