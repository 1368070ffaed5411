# As the text does it: a small share, the share that is wanted, then the other total.
kubectl create ingress shop-canary --class nginx --rule='shop.lilee.org/*=myappv2:80' --annotation nginx.ingress.kubernetes.io/canary=true --annotation nginx.ingress.kubernetes.io/canary-weight=10
kubectl annotate ingress shop-canary nginx.ingress.kubernetes.io/canary-weight-total=1000
kubectl annotate --overwrite ingress shop-canary nginx.ingress.kubernetes.io/canary-weight=${percent}0
