# Only the controller was pushed: the Job that makes its certificate never starts.
# misses: images, controller, address, route
docker pull reg.timinglee.org/ingress-nginx/controller:v1.11.2
docker tag reg.timinglee.org/ingress-nginx/controller:v1.11.2 reg.lilee.org/ingress-nginx/controller:v1.11.2
docker push reg.lilee.org/ingress-nginx/controller:v1.11.2
wget -q https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.11.2/deploy/static/provider/baremetal/deploy.yaml
sed -i 's#registry.k8s.io/##; s#@sha256:.*##' deploy.yaml
kubectl apply -f deploy.yaml
kubectl -n ingress-nginx patch svc ingress-nginx-controller -p '{"spec":{"type":"LoadBalancer"}}'
