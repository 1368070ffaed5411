# One more line below the range of Service addresses; then wait for the API server.
sed -i 's#^    - --service-cluster-ip-range=.*#&\n    - --service-node-port-range=30000-40000#' /etc/kubernetes/manifests/kube-apiserver.yaml
until kubectl get --raw /readyz > /dev/null 2>&1; do sleep 1; done
kubectl create service nodeport web --tcp 80:80 --node-port 33333
