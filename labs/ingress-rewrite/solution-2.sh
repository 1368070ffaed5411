# By commands; another expression, and other numbers for its parts.
kubectl create ingress app --class nginx --rule='www.lilee.org/x=myappv2:80' --annotation nginx.ingress.kubernetes.io/rewrite-target='/$1'
kubectl patch ingress app --type json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0","value":{"path":"/app(?:/(.*)|$)","pathType":"ImplementationSpecific","backend":{"service":{"name":"myappv2","port":{"number":80}}}}}]'
kubectl create ingress shop --class nginx --rule='shop.lilee.org/*=myappv1:80' --annotation nginx.ingress.kubernetes.io/app-root=/hostname.html
kubectl create ingress old --class nginx --rule='old.lilee.org/*=myappv1:80'
kubectl annotate ingress old nginx.ingress.kubernetes.io/permanent-redirect=http://www.lilee.org/app/
