# Columns instead of jsonpath, labels by patch, the manifest written by hand on the node.
kubectl get nodes --no-headers -o wide | awk '{print $6}' > /root/nodes.txt
kubectl patch node k8s-node1 -p '{"metadata":{"labels":{"env":"test"}}}'
kubectl patch node k8s-node2 -p '{"metadata":{"labels":{"env":"production"}}}'
cat > hello.yml <<EOF
apiVersion: v1
kind: Pod
metadata:
  name: hello
spec:
  containers:
    - name: web
      image: nginx
EOF
cat hello.yml | ssh k8s-node1 'cat > /etc/kubernetes/manifests/hello.yml'
