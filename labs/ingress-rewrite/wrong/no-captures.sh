# Everything becomes the front page; the redirect is a temporary one; the root is rewritten where a redirect was wanted.
# misses: captures, app-root, moved
kubectl create ingress app --class nginx --rule='www.lilee.org/app*=myappv2:80' --annotation nginx.ingress.kubernetes.io/rewrite-target=/
kubectl create ingress shop --class nginx --rule='shop.lilee.org/*=myappv1:80' --annotation nginx.ingress.kubernetes.io/rewrite-target=/hostname.html
kubectl create ingress old --class nginx --rule='old.lilee.org/*=myappv1:80' --annotation nginx.ingress.kubernetes.io/temporal-redirect=http://www.lilee.org/app/
