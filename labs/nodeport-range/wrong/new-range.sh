# The range begins at 33000: 33333 works, but the port of the old Service is now outside.
# misses: range
sed -i 's#^    - --service-cluster-ip-range=.*#&\n    - --service-node-port-range=33000-34000#' /etc/kubernetes/manifests/kube-apiserver.yaml
sleep 60
kubectl create service nodeport web --tcp 80:80 --node-port 33333
