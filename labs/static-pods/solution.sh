# Files by ssh and sed.
ssh k8s-node1 mkdir -p /etc/kubernetes/manifests
cat <<EOF | ssh k8s-node1 tee /etc/kubernetes/manifests/web.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: myapp
      image: myapp:v1
EOF
ssh k8s-node2 rm /etc/kubernetes/manifests/old.yaml
sed -i 's/    - kube-scheduler$/&\n    - --v=4/' /etc/kubernetes/manifests/kube-scheduler.yaml
sleep 60
