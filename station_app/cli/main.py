"""The `station` command: exit 0 done, 1 a known problem (one sentence and its code), 2 usage; never a traceback."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli import (
    bundle,
    case,
    check,
    clause,
    clock,
    config,
    confirm,
    demo,
    doctor,
    order,
    paper,
    people,
    record,
    redline,
    scan,
    setup,
    sync,
)
from station_app.cli.common import EXIT_KNOWN, complain
from station_app.cli.figures import board, issued, meeting, stats, subsidy
from station_app.cli.intake import link, reader, serve
from station_app.cli.loop import colour, limit, review, step
from station_app.cli.machine import access, door, log, update
from station_app.cli.papers import pack, picture, sign
from station_app.cli.places import org
from station_app.cli.rounds import contact, diary, patrol, satisfaction, selfentry, service
from station_app.cli.travel import number, share
from sync.contract.errors import KnownError

app: Final = typer.Typer(
    name="station",
    help="群众诉求服务站：与桌面程序相同的功能，不开窗口。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(case.app, name="case", help="诉求与案件：登记、导入、查看、导出")
app.add_typer(paper.app, name="paper", help="文书：目录、出具、作废、核验")
app.add_typer(pack.app, name="pack", help="模板包：启用司法行政机关发布的文书、条款和代码表")
app.add_typer(sign.app, name="sign", help="签字台：待签、待盖章，逐人或者全部登记签署、用印、履行")
app.add_typer(picture.app, name="picture", help="图片材料：列出、添加、取出")
app.add_typer(scan.app, name="scan", help="扫描归档：签署后的纸质文书归入案件、收图文件夹")
app.add_typer(record.app, name="record", help="联系、调查、延期、回避、咨询、建议、用印等记录")
app.add_typer(redline.app, name="redline", help="对协议条款的修改意见")
app.add_typer(order.app, name="order", help="社区发令：发令、签收、到场、办结、评价、督办")
app.add_typer(order.hand_off, name="hand-off", help="移交：移交、接收、不予接收")
app.add_typer(patrol.app, name="patrol", help="排查：登记、发现的问题、转为诉求")
app.add_typer(contact.app, name="contact", help="联系记录：结果、下次联系、多次未能联系")
app.add_typer(contact.visit, name="visit", help="回访：计划、记录、到期")
app.add_typer(review.app, name="review", help="法律审查：待审查、审查完毕、比较版本")
app.add_typer(colour.app, name="colour", help="预警：原因、提高、降低、复核")
app.add_typer(limit.app, name="first", help="五个第一时间：查看、暂停、恢复、延长")
app.add_typer(diary.app, name="diary", help="日程：列出、预约")
app.add_typer(diary.duties, name="duty", help="值班表")
app.command("day-log")(diary.day_log)
app.add_typer(service.app, name="service", help="人民建议的进展、转介法律援助")
app.add_typer(satisfaction.app, name="satisfaction", help="满意度：评价单、登记、列表")
app.add_typer(selfentry.app, name="selfentry", help="居民自助登记：列出、查看、登记为诉求、答复、显示约定时间")
app.add_typer(confirm.app, name="confirm", help="司法确认：申请、进度、预约、裁定")
app.add_typer(clause.app, name="clause", help="条款库")
app.add_typer(clause.calc, name="calc", help="计算：工伤、工资、押金、损害、物业费、利息")
app.add_typer(link.app, name="link", help="疑似重复、关联与并案")
app.add_typer(serve.party, name="party", help="以前登记过的当事人、同一被申请人")
app.add_typer(serve.copy, name="copy", help="逐项复制到其他业务系统")
serve.party.command("read-card")(reader.read_card)
app.command("reader-simulator", hidden=True)(reader.simulator)
case.app.command("step")(step.step)
case.app.command("difficult")(step.mark_difficult)
case.app.command("turn")(serve.turn)
case.app.command("open-linked")(serve.open_linked)
case.app.command("who")(serve.who)
case.app.command("reveal")(serve.reveal)
app.add_typer(people.app, name="people", help="人员与密码")
app.add_typer(config.app, name="config", help="本机设置")
app.command("init")(setup.init)
app.command("recover")(setup.recover)
app.command("recover-keys")(setup.recover_keys)
app.command("backup")(setup.backup_)
app.command("restore")(setup.restore_)
app.add_typer(bundle.app, name="bundle", help="数据包：用 U 盘与区级平台往来")
app.add_typer(number.app, name="number", help="编号：重号、去向不明的编号")
app.add_typer(share.app, name="share", help="共享文件夹：本站各台电脑不经平台互相交换记录")
app.command("enrol")(sync.enrol)
app.command("sync")(sync.sync)
app.command("pending")(sync.pending)
app.command("put-back")(sync.put_back)
app.command("unsettle")(sync.unsettle)
app.command("search")(case.search)
app.command("check")(check.check)
app.command("answer")(check.answer)
app.command("clock")(clock.clock)
stats.app.command("board")(board.board)
stats.app.command("contractor")(board.contractor)
stats.app.command("wages")(board.wages)
app.add_typer(stats.app, name="stats", help="统计：分项、月报、调解情况统计表")
app.add_typer(issued.app, name="report", help="报表：出具、列出、打开原件、作废、核对")
app.add_typer(subsidy.app, name="subsidy", help="以案定补：案件类别、审核、申报表")
app.add_typer(org.app, name="org", help="单位和场所：从名单导入、列出")
app.add_typer(meeting.app, name="meeting", help="书记会商：议题单、会商决定、落实清单")
app.command("doctor")(doctor.doctor)
app.command("log")(log.log)
app.add_typer(update.app, name="update", help="程序更新：查看、下载、启用、退回")
app.command("access")(access.access)
app.command("door")(door.door)
app.command("demo")(demo.demo)


def _say_version(wanted: bool) -> None:
    """`--version` ends the program before any command."""
    if wanted:
        from station_app.services.local.release import program_version

        print(f"station {program_version()}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="显示程序版本")
    ] = False,
) -> None:
    """群众诉求服务站：与桌面程序相同的功能，不开窗口。"""


def run(argv: list[str] | None = None) -> int:
    """Run the command line; returns (and, as the entry point, exits with) the code."""
    try:
        code = app(args=sys.argv[1:] if argv is None else argv, standalone_mode=False)
    except KnownError as error:
        complain(error)
        code = EXIT_KNOWN
    except typer.Exit as stop:
        code = stop.exit_code
    except typer.TyperException as wrong:
        code = _show_usage(wrong)
    except (typer.Abort, KeyboardInterrupt):
        code = EXIT_KNOWN
    except Exception:
        _report_fault()
        code = EXIT_KNOWN
    result = code if isinstance(code, int) else 0
    if argv is None:
        sys.exit(result)
    return result


def _show_usage(wrong: typer.TyperException) -> int:
    """A wrong option or argument: the parser's own words and exit code 2."""
    show = getattr(wrong, "show", None)
    if callable(show):
        show()
    else:
        print(wrong, file=sys.stderr)
    return int(getattr(wrong, "exit_code", 2))


def _report_fault() -> None:
    """An unexpected fault: the trace goes to a file for the maintainers, the user gets a sentence."""
    from station_app.services.local import faults

    path: Path | None = faults.write_report(traceback.format_exc())
    complain(KnownError("E-599", ticket=faults.ticket_of(path)) if path else KnownError("E-599"))
