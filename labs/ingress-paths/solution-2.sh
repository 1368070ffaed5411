# By commands. A path without * is an Exact one.
kubectl create ingress one --class nginx --rule='www.lilee.org/v1=myappv1:80' --annotation nginx.ingress.kubernetes.io/rewrite-target=/
kubectl create ingress two --class nginx --rule='www.lilee.org/v2=myappv2:80'
kubectl annotate ingress two nginx.ingress.kubernetes.io/rewrite-target=/
kubectl create ingress three --class nginx --rule='www.lilee.org/hostname.html=myappv2:80'
