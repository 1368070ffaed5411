# As the text does it, with all images pushed at first.
docker pull reg.timinglee.org/ingress-nginx/controller:v1.11.2
docker pull reg.timinglee.org/ingress-nginx/kube-webhook-certgen:v1.4.3
docker tag reg.timinglee.org/ingress-nginx/controller:v1.11.2 reg.lilee.org/ingress-nginx/controller:v1.11.2
docker tag reg.timinglee.org/ingress-nginx/kube-webhook-certgen:v1.4.3 reg.lilee.org/ingress-nginx/kube-webhook-certgen:v1.4.3
docker push reg.lilee.org/ingress-nginx/controller:v1.11.2
docker push reg.lilee.org/ingress-nginx/kube-webhook-certgen:v1.4.3
wget -q https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.11.2/deploy/static/provider/baremetal/deploy.yaml
sed -i 's#registry.k8s.io/##; s#@sha256:.*##' deploy.yaml
kubectl apply -f deploy.yaml
KUBE_EDITOR='sed -i s/NodePort/LoadBalancer/' kubectl -n ingress-nginx edit svc ingress-nginx-controller
cat > ingress1.yaml <<X
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: www}
spec:
  ingressClassName: nginx
  rules:
    - host: www.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
X
kubectl apply -f ingress1.yaml
