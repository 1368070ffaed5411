# An Ingress of no class: no controller feels responsible.
# misses: route
for image in controller:v1.11.2 kube-webhook-certgen:v1.4.3; do
  docker pull -q reg.timinglee.org/ingress-nginx/$image
  docker tag reg.timinglee.org/ingress-nginx/$image reg.lilee.org/ingress-nginx/$image
  docker push reg.lilee.org/ingress-nginx/$image
done
curl -sO https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.11.2/deploy/static/provider/baremetal/deploy.yaml
sed 's#registry.k8s.io#reg.lilee.org#; s#@sha256:.*##; s#NodePort#LoadBalancer#' deploy.yaml | kubectl apply -f -
kubectl create ingress www --rule='www.lilee.org/*=myappv1:80'
