# Edit, then delete the pod of one node by its field.
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/' | kubectl apply -f -
kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName=k8s-node1
ssh k8s-node1 yum install -y ipvsadm
kubectl scale deployment web --replicas 5
