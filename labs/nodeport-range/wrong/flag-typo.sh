# A letter is missing: the API server does not start any more. Old traffic goes on.
# misses: service, range, old
sed -i 's#^    - --service-cluster-ip-range=.*#&\n    - --service-node-port-rang=30000-40000#' /etc/kubernetes/manifests/kube-apiserver.yaml
sleep 60
kubectl create service nodeport web --tcp 80:80 --node-port 33333
