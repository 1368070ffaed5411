# A slip of the fingers: kube-proxy refuses the mode and crash-loops. The rules that were there stay, so traffic still flows.
# misses: config, mode
yum install -y ipvsadm
ssh k8s-node1 yum install -y ipvsadm
ssh k8s-node2 yum install -y ipvsadm
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipsv"/' | kubectl apply -f -
kubectl -n kube-system delete pod -l k8s-app=kube-proxy
