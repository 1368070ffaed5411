# The Service is created while the API server is away, and nobody looks whether it worked.
# misses: service
sed -i 's#^    - --service-cluster-ip-range=.*#&\n    - --service-node-port-range=30000-40000#' /etc/kubernetes/manifests/kube-apiserver.yaml; kubectl create service nodeport web --tcp 80:80 --node-port 33333; sleep 60
