# A flag that the scheduler does not know keeps it down.
# misses: scheduler
ssh k8s-node1 mkdir -p /etc/kubernetes/manifests
kubectl run web --image=myapp:v1 --dry-run=client -o yaml | ssh k8s-node1 'cat > /etc/kubernetes/manifests/web.yaml'
ssh k8s-node2 rm /etc/kubernetes/manifests/old.yaml
sed -i 's/    - kube-scheduler$/&\n    - --verbose=4/' /etc/kubernetes/manifests/kube-scheduler.yaml
sleep 60
