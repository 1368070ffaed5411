# On the nodes themselves; the manifest made by kubectl, the old one moved away.
kubectl run web --image=myapp:v1 --dry-run=client -o yaml > web.yaml
scp web.yaml k8s-node1:/etc/kubernetes/manifests/ || cat web.yaml | ssh k8s-node1 'cat > /etc/kubernetes/manifests/web.yaml'
ssh k8s-node2 mv /etc/kubernetes/manifests/old.yaml /root/
sed 's/    - kube-scheduler$/&\n    - --v=4/' /etc/kubernetes/manifests/kube-scheduler.yaml > new.yaml
mv -f new.yaml /etc/kubernetes/manifests/kube-scheduler.yaml
sleep 60
