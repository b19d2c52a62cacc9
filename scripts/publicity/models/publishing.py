"""`publish.yml`: where a region's site is published. It is public like all that is in git: no password, no key."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from publicity.models.fields import Model, Slug, Text, each_once, fault, read_with
from publicity.models.fields.web import read_column_address

_SECRET = re.compile(r"pass(word|wd|phrase)?$|secret|token|access_?key|密码|口令", re.IGNORECASE)

SERVER_ADDRESS = re.compile(r"://|^[^/\\]+@[^/\\]+:")
"""`sftp://host/path`, or `user@host:path`."""


class _Server(Model):
    """A place that is reached with a name and a secret."""

    @model_validator(mode="before")
    @classmethod
    def _has_no_secret(cls, value: object) -> object:
        """A password is worth a sentence of its own."""
        for key in value if isinstance(value, dict) else ():
            if _SECRET.search(str(key)):
                raise fault("secret-in-file", field=str(key))
        return value


def _is_local_path(value: str) -> str:
    if SERVER_ADDRESS.search(value):
        raise fault("address-for-path", found=value, kinds=KINDS[2:])
    return value


def _is_host(value: str) -> str:
    if re.fullmatch(r"\[[0-9a-fA-F:.]+\]", value):
        value = value[1:-1]  # as addresses of IPv6 stand before a port
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", value):
        raise fault("bad-server-name", found=value)
    return value


def _is_port(value: int) -> int:
    if not 0 < value < 65536:
        raise fault("bad-port", found=value)
    return value


def _is_remote_path(value: str) -> str:
    if ".." in value.split("/") or value.startswith("~") or "\\" in value or "\n" in value:
        raise fault("bad-remote-path", found=value)
    return value


Host = Annotated[Text, AfterValidator(_is_host)]
LocalPath = Annotated[Text, AfterValidator(_is_local_path)]
RemotePath = Annotated[Text, AfterValidator(_is_remote_path)]
Port = Annotated[int, AfterValidator(_is_port)]


class _Certified(_Server):
    """A server that shows a certificate."""

    ca_file: Text | None = Field(
        None,
        title="根证书文件",
        description="服务器的证书由单位自己签发的，写它的根证书（PEM 格式）在本机上的位置",
        examples=["/etc/ssl/certs/ca.pem"],
    )


class Sftp(_Server, title="SFTP 服务器"):
    """A folder behind SSH."""

    host: Host = Field(description="主机名或者地址")
    port: Port = Field(22, description="端口")
    user: Text = Field(description="用户名")
    path: RemotePath = Field(title="服务器上的文件夹", description="服务器上的文件夹", examples=["/var/www/symm"])
    key_file: Text | None = Field(
        None,
        title="私钥文件",
        description="本机上私钥文件的位置，不放在项目里；不写时用密码",
        examples=["~/.ssh/id_ed25519"],
    )
    known_hosts: Text = Field(
        "~/.ssh/known_hosts", title="主机密钥文件", description="记有服务器主机密钥的文件，用来确认连到的是那台服务器"
    )


class Ftp(_Certified, title="FTP 服务器"):
    """A folder behind FTP, in the clear only where that is written."""

    host: Host = Field(description="主机名或者地址")
    port: Port | None = Field(None, description="端口；不写时为21，tls 为 implicit 的为990")
    user: Text = Field(description="用户名")
    path: RemotePath = Field(title="服务器上的文件夹", description="服务器上的文件夹", examples=["/symm"])
    tls: Literal["explicit", "implicit", "none"] = Field(
        "explicit",
        title="加密方式",
        description="加密方式：explicit 显式；implicit 隐式；none 不加密，密码和内容都可能被截获",
    )
    one_by_one: bool = Field(
        False, title="逐个传送", description="服务器限制同时连接数的写 true，文件逐个传送，最多用两个连接"
    )


class S3(_Certified, title="对象存储"):
    """A bucket that speaks S3, as OSS and COS do."""

    provider: Literal["Alibaba", "TencentCOS", "HuaweiOBS", "AWS", "Minio", "Other"] = Field(
        "Other",
        title="提供商",
        description="提供商，阿里云 OSS 写 Alibaba，腾讯云 COS 写 TencentCOS，华为云 OBS 写 HuaweiOBS，亚马逊写 AWS，自建的 MinIO 写 Minio，其他写 Other",
    )
    endpoint: Text = Field(
        title="访问域名", description="访问域名（Endpoint）", examples=["oss-cn-beijing.aliyuncs.com"]
    )
    region: Text | None = Field(None, title="所在地域", description="存储所在的地域；多数提供商不必写")
    bucket: Text = Field(title="存储桶", description="存储桶（Bucket）的名称")
    path: RemotePath = Field("/", title="桶中的文件夹", description="桶中的文件夹；不写时放在最上层")


class PublishTarget(Model, title="发布目标"):
    """One place that the site is published to."""

    name: Slug = Field(title="目标名称", description="目标的名称，publicity publish 后面写它", examples=["portal"])
    site_url: Annotated[Text, read_with(read_column_address)] | None = Field(
        None, title="专栏网址", description="发布到这里以后专栏首页的网址；region.yml 的 column_url 没有写时用它"
    )
    folder: LocalPath | None = Field(
        None, title="本机文件夹", description="发布到本机的文件夹", examples=["/srv/www/symm"]
    )
    zip: LocalPath | None = Field(
        None, title="压缩包", description="发布成一个 zip 文件，交给平台的管理单位", examples=["../symm.zip"]
    )
    sftp: Sftp | None = Field(None, title="加密传输服务器", description="用 SFTP 发布")
    ftp: Ftp | None = Field(None, title="传输服务器", description="用 FTP 或者 FTPS 发布")
    s3: S3 | None = Field(None, title="对象存储", description="发布到对象存储（S3、OSS、COS、OBS）")

    @model_validator(mode="after")
    def _is_one_place(self) -> "PublishTarget":
        if len(found := [kind for kind in KINDS if getattr(self, kind) is not None]) != 1:
            raise fault("one-kind-of-place", field="name", count=len(found), kinds=KINDS)
        return self


KINDS = ("folder", "zip", "sftp", "ftp", "s3")


class PublishFile(Model, title="发布设置"):
    """`publish.yml`: the places that a region's site is published to."""

    targets: list[PublishTarget] = Field(min_length=1, description="发布目标，可写多个")

    @model_validator(mode="after")
    def _every_name_stands_once(self) -> "PublishFile":
        names = (((number, "name"), target.name) for number, target in enumerate(self.targets))
        each_once(names, "duplicate-target", field="targets")
        return self
