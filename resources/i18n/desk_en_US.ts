<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>AboutTab</name>
    <message>
        <source>本机检查</source>
        <translation>This computer</translation>
    </message>
    <message>
        <source>检查本机</source>
        <translation>Check this computer</translation>
    </message>
    <message>
        <source>本程序以 Apache-2.0 许可发布；界面使用 Qt（LGPL），字体为思源黑体、思源宋体（SIL OFL）。</source>
        <translation>Released under Apache-2.0; the interface uses Qt (LGPL), the fonts are Noto Sans SC and Noto Serif SC (SIL OFL).</translation>
    </message>
    <message>
        <source>群众诉求服务站</source>
        <translation>Community service station</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>版本 {own}，Qt {qt}</source>
        <translation>Version {own}, Qt {qt}</translation>
    </message>
    <message>
        <source>数据文件夹：{path}</source>
        <translation>Data folder: {path}</translation>
    </message>
    <message>
        <source>导出体检包</source>
        <translation>Export the check-up pack</translation>
    </message>
    <message>
        <source>体检包供运维人员查找故障，内有检查结果、设置、运行日志和故障报告，不含当事人和案件内容。</source>
        <translation>The pack helps IT to find a fault: findings, settings, log and fault reports; nothing of parties and cases.</translation>
    </message>
    <message>
        <source>体检包存放的文件夹</source>
        <translation>Folder for the check-up pack</translation>
    </message>
    <message>
        <source>已导出：{file}</source>
        <translation>Exported: {file}</translation>
    </message>
    <message>
        <source>文书、条款、代码表和规则用的是哪一版、来源和签名；区里下发的资料包在这里导入。</source>
        <translation>Which editions of papers, clauses, code lists and rules are used, by which source and signer; packs of the district are taken in here.</translation>
    </message>
    <message>
        <source>资料包</source>
        <translation>Packs</translation>
    </message>
</context>
<context>
    <name>AccessLog</name>
    <message>
        <source>访问记录</source>
        <translation>Access log</translation>
    </message>
    <message>
        <source>本机还没有查看、打印或者导出本案的记录。</source>
        <translation>Nobody has viewed, printed or exported this case on this PC.</translation>
    </message>
    <message>
        <source>只记录本机的访问，不记录内容。</source>
        <translation>Only what was done on this PC, never what was written.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>AgreementPage</name>
    <message>
        <source>审查意见</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>其他履行事项</source>
        <translation>Other obligations</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>返回案件</source>
        <translation>Back to the case</translation>
    </message>
    <message>
        <source>调解协议</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>协议已有签署，不能再修改；确需变更的，另行制作补充协议。</source>
        <translation>The agreement has been signed and cannot be changed; changes need a supplementary agreement.</translation>
    </message>
    <message>
        <source>增加一期</source>
        <translation>Add an instalment</translation>
    </message>
    <message>
        <source>按欠发比例分到每人</source>
        <translation>Share by what is owed</translation>
    </message>
    <message>
        <source>平均分到每人</source>
        <translation>Share equally</translation>
    </message>
    <message>
        <source>末期补齐</source>
        <translation>Rest in the last instalment</translation>
    </message>
    <message>
        <source>付款</source>
        <translation>Payment</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>工资</source>
        <translation>Wages</translation>
    </message>
    <message>
        <source>合计 {yuan} 元&#x3000;{capitals}</source>
        <translation>Total {yuan} yuan  {capitals}</translation>
    </message>
    <message>
        <source>比登记的欠付金额少 {yuan} 元</source>
        <translation>{yuan} yuan less than recorded as owed</translation>
    </message>
    <message>
        <source>比登记的欠付金额多 {yuan} 元</source>
        <translation>{yuan} yuan more than recorded as owed</translation>
    </message>
    <message>
        <source>请先把各期金额分到每人。</source>
        <translation>First share each instalment among the payees.</translation>
    </message>
    <message>
        <source>各期金额与分到每人的合计不一致，请重新分到每人后再保存。</source>
        <translation>The instalments are not what is shared among the payees; share them again, then save.</translation>
    </message>
    <message>
        <source>粘贴的内容超出表格范围，未作任何改动；请核对起始单元格、人数和期数。</source>
        <translation>What was pasted does not fit into the table; nothing was changed. Check the first cell and the numbers of people and instalments.</translation>
    </message>
    <message>
        <source>协议已保存。</source>
        <translation>Agreement saved.</translation>
    </message>
</context>
<context>
    <name>AlikeStrip</name>
    <message>
        <source>1 查看</source>
        <translation>1 View</translation>
    </message>
    <message>
        <source>2 关联</source>
        <translation>2 Link</translation>
    </message>
    <message>
        <source>3 不是同一件</source>
        <translation>3 Not the same</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>先按 {key}，再按数字</source>
        <translation>Press {key}, then the digit</translation>
    </message>
    <message>
        <source>（另有 {n} 件）</source>
        <translation>({n} more)</translation>
    </message>
    <message>
        <source>◆ 疑似重复：{day} {title}（{state}）{more}</source>
        <translation>◆ May be the same: {day} {title} ({state}){more}</translation>
    </message>
    <message>
        <source>按 {key} 处理</source>
        <translation>{key} to answer</translation>
    </message>
    <message>
        <source>登记时关联 {n} 件，注明不是同一件 {m} 件</source>
        <translation>On registering: {n} linked, {m} told apart</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>收到新的发令、移交 {n} 件，请签收或者答复。</source>
        <translation>{n} new orders or hand-overs came in: please acknowledge or answer them.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Look</translation>
    </message>
</context>
<context>
    <name>Assigning</name>
    <message>
        <source>调整承办人</source>
        <translation>Give to a colleague</translation>
    </message>
    <message>
        <source>离岗交接</source>
        <translation>Hand over and leave</translation>
    </message>
    <message>
        <source>{name}有在办案件 {n} 件，全部交给接办人：{listed}。此后不能再登录。</source>
        <translation>{name} works on {n} open cases; all go to the successor: {listed}. After that {name} can no longer log in.</translation>
    </message>
    <message>
        <source>{name}没有在办案件。此后不能再登录。</source>
        <translation>{name} has no open case. After that {name} can no longer log in.</translation>
    </message>
</context>
<context>
    <name>Attendance</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>计算</source>
        <translation>Calculation</translation>
    </message>
    <message>
        <source>应发（元）</source>
        <translation>Due (yuan)</translation>
    </message>
    <message>
        <source>已付（元）</source>
        <translation>Paid (yuan)</translation>
    </message>
    <message>
        <source>欠发（元）</source>
        <translation>Owed (yuan)</translation>
    </message>
</context>
<context>
    <name>AttendanceDialog</name>
    <message>
        <source>按考勤计算工资</source>
        <translation>Wages from attendance</translation>
    </message>
    <message>
        <source>粘贴考勤表</source>
        <translation>Pasted attendance sheet</translation>
    </message>
    <message>
        <source>从表格复制考勤表，粘贴在这里；或者选择 CSV、XLSX 文件。表头应有姓名、日工资，工日或者每日一列。</source>
        <translation>Copy the attendance sheet from a table and paste it here, or choose a CSV or XLSX file. Its heads: name, day rate, and days or a column a day.</translation>
    </message>
    <message>
        <source>选择文件</source>
        <translation>Choose a file</translation>
    </message>
    <message>
        <source>粘贴</source>
        <translation>Paste</translation>
    </message>
    <message>
        <source>按考勤计算的工资</source>
        <translation>Wages from attendance</translation>
    </message>
    <message>
        <source>另存名册</source>
        <translation>Save the roster</translation>
    </message>
    <message>
        <source>写入名册</source>
        <translation>Write to the roster</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>选择考勤表</source>
        <translation>Choose an attendance sheet</translation>
    </message>
    <message>
        <source>考勤表 (*.csv *.xlsx *.txt);;全部文件 (*)</source>
        <translation>Attendance (*.csv *.xlsx *.txt);;All files (*)</translation>
    </message>
    <message>
        <source>{n} 人，欠发合计 {yuan} 元。依据：{basis}。</source>
        <translation>{n} people, {yuan} yuan owed. Basis: {basis}.</translation>
    </message>
    <message>
        <source>工资名册.csv</source>
        <translation>wages.csv</translation>
    </message>
    <message>
        <source>名册 (*.csv)</source>
        <translation>Roster (*.csv)</translation>
    </message>
    <message>
        <source>工资已写入名册。</source>
        <translation>Wages written to the roster.</translation>
    </message>
</context>
<context>
    <name>BackupTab</name>
    <message>
        <source>立即备份</source>
        <translation>Back up now</translation>
    </message>
    <message>
        <source>备份进度</source>
        <translation>Progress of the backup</translation>
    </message>
    <message>
        <source>选择文件夹</source>
        <translation>Choose a folder</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>备份到哪里</source>
        <translation>Where backups go</translation>
    </message>
    <message>
        <source>怎样恢复</source>
        <translation>How to restore</translation>
    </message>
    <message>
        <source>最近一次备份 {at}，{n} 天前。</source>
        <translation>Last backup {at}, {n} days ago.</translation>
    </message>
    <message>
        <source>还没有备份过。</source>
        <translation>No backup yet.</translation>
    </message>
    <message>
        <source>还没有设置备份文件夹，按“立即备份”时选择。</source>
        <translation>No folder is set yet; it is chosen with “Back up now”.</translation>
    </message>
    <message>
        <source>备份文件夹现在打不开，请插好 U 盘或者移动硬盘。</source>
        <translation>The folder cannot be opened now; plug the stick or disk in.</translation>
    </message>
    <message>
        <source>备份文件夹与数据在同一块磁盘，磁盘损坏时会一起丢失，请改用 U 盘、移动硬盘或者另一台电脑。</source>
        <translation>The folder lies on the disk of the data itself and is lost with it; use a stick, another disk or another PC.</translation>
    </message>
    <message>
        <source>选择放备份的文件夹</source>
        <translation>Choose the folder for backups</translation>
    </message>
    <message>
        <source>已备份 {n} 件案件（{size}），并已打开核对：{name}</source>
        <translation>{n} cases backed up ({size}), opened and checked: {name}</translation>
    </message>
    <message>
        <source>1. 在新电脑上安装本程序并打开，在“建立站点”页选择“从备份恢复”。
2. 选择最近一份备份（.gmbak），用备份时的姓名和密码登录。
3. 联网后自动取回备份以后已上传的记录；既没有备份、也没有上传的内容无法找回。
4. 原编号字头不再使用，改用备用字头；备份以后用过的编号，在“数据上传－编号核对”中对照纸质文书登记。
忘记密码的，用密钥恢复单。备份文件全程加密，没有密码或者恢复单，任何人都打不开。</source>
        <translation>1. Install and open this program on the new PC and choose “Restore from a backup” on the page “Set up the station”.
2. Choose the latest backup (.gmbak) and log in with the name and password of that time.
3. Once online, what was uploaded after the backup comes back by itself; what was neither backed up nor uploaded cannot be brought back.
4. The old series is not used any more, a spare takes its place; numbers used after the backup are noted from the papers under “Upload - Numbers to be checked”.
A lost password: use the key recovery sheet. A backup is encrypted throughout; nobody opens it without a password or the sheet.</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>各单位未办结事项</source>
        <translation>What each unit still owes</translation>
    </message>
    <message>
        <source>没有未办结的发令和会商决定。</source>
        <translation>No open order or decision.</translation>
    </message>
    <message>
        <source>被多次反映的单位</source>
        <translation>Units with repeated appeals</translation>
    </message>
    <message>
        <source>各月件数</source>
        <translation>Appeals by month</translation>
    </message>
    <message>
        <source>各站点件数</source>
        <translation>Appeals by station</translation>
    </message>
    <message>
        <source>查看案件</source>
        <translation>Show the cases</translation>
    </message>
    <message>
        <source>欠薪台账</source>
        <translation>Ledger of unpaid wages</translation>
    </message>
    <message>
        <source>导出台账</source>
        <translation>Export the ledger</translation>
    </message>
    <message>
        <source>看板</source>
        <translation>Board</translation>
    </message>
    <message>
        <source>被多次反映的单位（最近十二个月）</source>
        <translation>Units with repeated appeals (last twelve months)</translation>
    </message>
    <message>
        <source>{name}（{n} 件）</source>
        <translation>{name} ({n})</translation>
    </message>
    <message>
        <source>{n} 项，逾期 {late} 项</source>
        <translation>{n} open, {late} late</translation>
    </message>
    <message>
        <source>{day} 前，已逾期</source>
        <translation>by {day}, late</translation>
    </message>
    <message>
        <source>{day} 前</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>没有被多次反映的单位。可以输入单位名称。</source>
        <translation>No unit with repeated appeals. You can type the name of a unit.</translation>
    </message>
    <message>
        <source>共 {n} 件，在办 {open} 件，涉及 {people} 人、{yuan} 元，分布在 {stations} 个站点。</source>
        <translation>{n} appeals, {open} open, {people} people, {yuan} yuan, at {stations} stations.</translation>
    </message>
    <message>
        <source>欠薪台账（{day}）.xlsx</source>
        <translation>Ledger of unpaid wages ({day}).xlsx</translation>
    </message>
    <message>
        <source>▲ 在办红色预警</source>
        <translation>▲ Open, red</translation>
    </message>
    <message>
        <source>◆ 在办黄色预警</source>
        <translation>◆ Open, amber</translation>
    </message>
    <message>
        <source>全部在办</source>
        <translation>All open</translation>
    </message>
    <message>
        <source>另有 {n} 行未列出，查看社区发令</source>
        <translation>{n} more lines, see the orders</translation>
    </message>
    <message>
        <source>{n} 项</source>
        <translation>{n} items</translation>
    </message>
    <message>
        <source>最近十二个月没有反映“{name}”的诉求。</source>
        <translation>Nobody complained of “{name}” in the last twelve months.</translation>
    </message>
    <message>
        <source>此前另有 {earlier} 件。</source>
        <translation>{earlier} before that.</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>导入数据包</source>
        <translation>Import a bundle</translation>
    </message>
    <message>
        <source>导入后</source>
        <translation>After importing</translation>
    </message>
    <message>
        <source>涉及的案件</source>
        <translation>Cases concerned</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>第 {no} 号，{at} 由{writer}写出，给{receiver}，{size}。</source>
        <translation>No. {no}, written {at} by {writer} for {receiver}, {size}.</translation>
    </message>
    <message>
        <source>以上为文件自述，未经核实。</source>
        <translation>This is what the file says of itself; nobody vouches for it.</translation>
    </message>
    <message>
        <source>区级平台</source>
        <translation>the district platform</translation>
    </message>
    <message>
        <source>本站另一台电脑</source>
        <translation>another PC of this station</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>this PC</translation>
    </message>
    <message>
        <source>其他设备</source>
        <translation>another device</translation>
    </message>
    <message>
        <source>没有新内容：已经导入过，或者已经联网收到，不必再导入。</source>
        <translation>Nothing new: imported before, or received over the network; there is no need to import it.</translation>
    </message>
    <message>
        <source>签名和内容核对无误，可以导入。现在还没有导入任何内容。</source>
        <translation>Signature and contents are sound; it can be imported. Nothing has been imported yet.</translation>
    </message>
    <message>
        <source>区级平台曾从备份恢复，它缺少的内容将重新列入待上传。</source>
        <translation>The platform was restored from a backup; what it lacks will wait for upload again.</translation>
    </message>
    <message>
        <source>本机 {n} 条记录将记为已上传。</source>
        <translation>{n} records of this PC will count as uploaded.</translation>
    </message>
    <message>
        <source>带来 {n} 条新记录；另有 {m} 条本机已有，不会重复。</source>
        <translation>Brings {n} new records; {m} more are here already and are not doubled.</translation>
    </message>
    <message>
        <source>附件 {n} 个。</source>
        <translation>{n} files.</translation>
    </message>
    <message>
        <source>本机有 {n} 条记录未被采用，导入后在本页列出。</source>
        <translation>{n} records of this PC were not taken; they are listed on this page after the import.</translation>
    </message>
    <message>
        <source>另有 {n} 件</source>
        <translation>{n} more</translation>
    </message>
    <message>
        <source>内容本机不能读取的案件</source>
        <translation>A case whose contents cannot be read here</translation>
    </message>
    <message>
        <source>新案件，{n} 条记录</source>
        <translation>new case, {n} records</translation>
    </message>
    <message>
        <source>本机已有，新增 {n} 条记录</source>
        <translation>already here, {n} new records</translation>
    </message>
</context>
<context>
    <name>ByHand</name>
    <message>
        <source>留空手写</source>
        <translation>Leave it free</translation>
    </message>
    <message>
        <source>留空手写的，这个字的位置印成空格，打印后用签字笔写上；文书记录和操作日志写明是哪个字。</source>
        <translation>If left free, a frame is printed in its place, to be filled in with a pen; the paper&apos;s record and the log say which character it is.</translation>
    </message>
</context>
<context>
    <name>CalcDialog</name>
    <message>
        <source>计算</source>
        <translation>Calculate</translation>
    </message>
    <message>
        <source>计算种类</source>
        <translation>Calculator</translation>
    </message>
    <message>
        <source>计算结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>复制结果</source>
        <translation>Copy the result</translation>
    </message>
    <message>
        <source>加入条款</source>
        <translation>Add as a term</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>计算结果已加入条款。</source>
        <translation>The result was added as a term.</translation>
    </message>
</context>
<context>
    <name>CalendarPage</name>
    <message>
        <source>调解</source>
        <translation>Mediation</translation>
    </message>
    <message>
        <source>预约</source>
        <translation>Booking</translation>
    </message>
    <message>
        <source>法院询问</source>
        <translation>Court hearing</translation>
    </message>
    <message>
        <source>联系</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Return visit</translation>
    </message>
    <message>
        <source>帮扶后续</source>
        <translation>Relief: follow-up</translation>
    </message>
    <message>
        <source>心理服务</source>
        <translation>Psychological service</translation>
    </message>
    <message>
        <source>地点冲突</source>
        <translation>Place taken twice</translation>
    </message>
    <message>
        <source>人员冲突</source>
        <translation>Person booked twice</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>安排值班</source>
        <translation>Set duty</translation>
    </message>
    <message>
        <source>工作日志</source>
        <translation>Day log</translation>
    </message>
    <message>
        <source>日程</source>
        <translation>Diary</translation>
    </message>
    <message>
        <source>上一周</source>
        <translation>Week before</translation>
    </message>
    <message>
        <source>前一天</source>
        <translation>Day before</translation>
    </message>
    <message>
        <source>下一周</source>
        <translation>Week after</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>Day after</translation>
    </message>
    <message>
        <source>按日查看</source>
        <translation>By day</translation>
    </message>
    <message>
        <source>按周查看</source>
        <translation>By week</translation>
    </message>
    <message>
        <source>&#x3000;今天</source>
        <translation>today</translation>
    </message>
    <message>
        <source>值班&#x3000;{who}</source>
        <translation>On duty&#x3000;{who}</translation>
    </message>
    <message>
        <source>取消{name}的值班</source>
        <translation>Take {name} off duty</translation>
    </message>
    <message>
        <source>没有安排。</source>
        <translation>Nothing planned.</translation>
    </message>
    <message>
        <source>值班表本社区各站可以查看。不在本站人员名单中的，填写姓名。</source>
        <translation>Every station of the community reads the duty list. Write the name of somebody who is not on the list of people.</translation>
    </message>
    <message>
        <source>已取消值班安排。</source>
        <translation>Taken off the duty list.</translation>
    </message>
    <message>
        <source>打印值班表</source>
        <translation>Print duty list</translation>
    </message>
</context>
<context>
    <name>CaseActs</name>
    <message>
        <source>制作调解协议书</source>
        <translation>Write the agreement</translation>
    </message>
    <message>
        <source>签署登记</source>
        <translation>Record signatures</translation>
    </message>
    <message>
        <source>记录履行</source>
        <translation>Record a payment</translation>
    </message>
    <message>
        <source>记录回访</source>
        <translation>Record a visit</translation>
    </message>
    <message>
        <source>录入裁定</source>
        <translation>Enter the ruling</translation>
    </message>
    <message>
        <source>申请司法确认</source>
        <translation>Apply for confirmation</translation>
    </message>
    <message>
        <source>添加调解记录</source>
        <translation>Add a session</translation>
    </message>
    <message>
        <source>登记进展</source>
        <translation>Record progress</translation>
    </message>
    <message>
        <source>补充办理情况</source>
        <translation>Complete the record</translation>
    </message>
    <message>
        <source>登记{what}</source>
        <translation>Add: {what}</translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>已受理。</source>
        <translation>Accepted.</translation>
    </message>
    <message>
        <source>已恢复。</source>
        <translation>Restored.</translation>
    </message>
    <message>
        <source>移入回收站</source>
        <translation>Move to the recycle bin</translation>
    </message>
    <message>
        <source>修改基本情况</source>
        <translation>Edit the facts</translation>
    </message>
    <message>
        <source>征求意见</source>
        <translation>Ask for consent</translation>
    </message>
    <message>
        <source>添加当事人</source>
        <translation>Add a party</translation>
    </message>
    <message>
        <source>修改当事人</source>
        <translation>Edit a party</translation>
    </message>
    <message>
        <source>调解记录</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>申请司法确认</source>
        <translation>Apply for confirmation</translation>
    </message>
    <message>
        <source>录入裁定</source>
        <translation>Enter the ruling</translation>
    </message>
    <message>
        <source>登记 {due} 到期的 {yuan} 元已付给 {n} 人？</source>
        <translation>Record that {yuan} yuan due on {due} were paid to {n} people?</translation>
    </message>
    <message>
        <source>已登记履行。</source>
        <translation>Payment recorded.</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>个别未到账的，请在“履行情况”中更正。</source>
        <translation>Correct single payments that did not arrive under Performance.</translation>
    </message>
    <message>
        <source>记录回访</source>
        <translation>Record a visit</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>协议</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>其他办理事项</source>
        <translation>Other steps</translation>
    </message>
    <message>
        <source>案件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>未编号</source>
        <translation>No number yet</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next step</translation>
    </message>
    <message>
        <source>从回收站恢复</source>
        <translation>Restore from the recycle bin</translation>
    </message>
    <message>
        <source>基本情况</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>当事人</source>
        <translation>Parties</translation>
    </message>
    <message>
        <source>还没有当事人。</source>
        <translation>No parties yet.</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>导入名册</source>
        <translation>Import a roster</translation>
    </message>
    <message>
        <source>还没有调解记录。</source>
        <translation>No sessions yet.</translation>
    </message>
    <message>
        <source>第 {n} 次</source>
        <translation>No. {n}</translation>
    </message>
    <message>
        <source>调解协议</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>还没有制作调解协议书。</source>
        <translation>The agreement has not been written yet.</translation>
    </message>
    <message>
        <source>已登记签署 {n} 项</source>
        <translation>{n} signatures recorded</translation>
    </message>
    <message>
        <source>本案没有适用的文书。</source>
        <translation>No paper applies to this case.</translation>
    </message>
    <message>
        <source>待补充 {n} 项</source>
        <translation>{n} to complete</translation>
    </message>
    <message>
        <source>履行情况</source>
        <translation>Performance</translation>
    </message>
    <message>
        <source>没有应履行的款项。</source>
        <translation>Nothing is to be paid.</translation>
    </message>
    <message>
        <source>记录履行</source>
        <translation>Record a payment</translation>
    </message>
    <message>
        <source>被退回</source>
        <translation>returned</translation>
    </message>
    <message>
        <source>待付</source>
        <translation>to pay</translation>
    </message>
    <message>
        <source>已付</source>
        <translation>paid</translation>
    </message>
    <message>
        <source>两处修改不一致，请选用</source>
        <translation>Changed in two places, please choose</translation>
    </message>
    <message>
        <source>采用本站内容</source>
        <translation>Take ours</translation>
    </message>
    <message>
        <source>采用对方内容</source>
        <translation>Take theirs</translation>
    </message>
    <message>
        <source>已选用。</source>
        <translation>Taken.</translation>
    </message>
    <message>
        <source>办理过程</source>
        <translation>History</translation>
    </message>
    <message>
        <source>其他记录</source>
        <translation>Other records</translation>
    </message>
    <message>
        <source>添加记录</source>
        <translation>Add a record</translation>
    </message>
    <message>
        <source>申请进度</source>
        <translation>Progress at court</translation>
    </message>
    <message>
        <source>预约询问</source>
        <translation>Book the hearing</translation>
    </message>
    <message>
        <source>收到裁定</source>
        <translation>Ruling received</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Deadlines</translation>
    </message>
    <message>
        <source>存为日历</source>
        <translation>Save as calendar</translation>
    </message>
    <message>
        <source>期限.ics</source>
        <translation>deadlines.ics</translation>
    </message>
    <message>
        <source>日历文件已保存。</source>
        <translation>Calendar file saved.</translation>
    </message>
    <message>
        <source>联系、调查、延期、回避、用印、咨询等记录在这里添加。</source>
        <translation>Contacts, inquiries, extensions, recusals, seals and consultations are added here.</translation>
    </message>
    <message>
        <source>联系与回访</source>
        <translation>Contacts and return visits</translation>
    </message>
    <message>
        <source>还没有联系和回访记录。</source>
        <translation>No contacts or return visits yet.</translation>
    </message>
    <message>
        <source>计划回访</source>
        <translation>Plan a return visit</translation>
    </message>
    <message>
        <source>记录联系</source>
        <translation>Note a contact</translation>
    </message>
    <message>
        <source>{name}&#x3000;有 {n} 天未能联系上（{days}）</source>
        <translation>{name}: not reached on {n} days ({days})</translation>
    </message>
    <message>
        <source>，可以按“多次未能联系当事人”终止调解</source>
        <translation>; mediation may be ended as &quot;not reached several times&quot;</translation>
    </message>
    <message>
        <source>&#x3000;下次 {day}</source>
        <translation>; next {day}</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Return visit</translation>
    </message>
    <message>
        <source>到期列入今日待办；不填写日期的，取消计划。</source>
        <translation>On the first page when due; without a day the plan is dropped.</translation>
    </message>
    <message>
        <source>卷内缺少：{what}。写明原因后可以归档。</source>
        <translation>The file lacks: {what}. It can be archived with a reason.</translation>
    </message>
    <message>
        <source>反映人</source>
        <translation>Complainant</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>公开身份</source>
        <translation>Make the name known</translation>
    </message>
    <message>
        <source>{how}。名单、文书和其他站点只显示代称；查看会记入访问记录。</source>
        <translation>{how}. Lists, papers and other stations show a stand-in only; each look is logged.</translation>
    </message>
    <message>
        <source>没有登记反映人信息。</source>
        <translation>Nothing is on record about the complainant.</translation>
    </message>
    <message>
        <source>公开后姓名和号码进入案件名单和文书，不能再隐去。</source>
        <translation>Name and numbers then enter lists and papers and cannot be hidden again.</translation>
    </message>
    <message>
        <source>关联案件</source>
        <translation>Linked cases</translation>
    </message>
    <message>
        <source>没有关联的案件。</source>
        <translation>No linked cases.</translation>
    </message>
    <message>
        <source>撤销并案</source>
        <translation>Take the merge back</translation>
    </message>
    <message>
        <source>取消关联</source>
        <translation>Unlink</translation>
    </message>
    <message>
        <source>关联或者并案</source>
        <translation>Link or merge</translation>
    </message>
    <message>
        <source>已撤销并案，本案单独办理。</source>
        <translation>The merge was taken back; this case stands for itself.</translation>
    </message>
    <message>
        <source>已取消关联。</source>
        <translation>Unlinked.</translation>
    </message>
    <message>
        <source>本机没有这件案件</source>
        <translation>Not on this PC</translation>
    </message>
    <message>
        <source>疑似重复&#x3000;{day} {title}</source>
        <translation>May be the same: {day} {title}</translation>
    </message>
    <message>
        <source>逐项复制到其他系统</source>
        <translation>Copy field by field</translation>
    </message>
    <message>
        <source>复制为新登记</source>
        <translation>Use as a template</translation>
    </message>
    <message>
        <source>另开关联诉求</source>
        <translation>Open a linked appeal</translation>
    </message>
    <message>
        <source>转为其他服务</source>
        <translation>Turn into another service</translation>
    </message>
    <message>
        <source>{day}收到：{who}</source>
        <translation>Received {day}: {who}</translation>
    </message>
    <message>
        <source>{day}知道：{who}（利害关系人）</source>
        <translation>Knew on {day}: {who} (interested person)</translation>
    </message>
    <message>
        <source>待登记：{who}</source>
        <translation>Still to be recorded: {who}</translation>
    </message>
    <message>
        <source>恢复计时</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>暂停计时</source>
        <translation>Suspend</translation>
    </message>
    <message>
        <source>延长时限</source>
        <translation>Extend</translation>
    </message>
    <message>
        <source>已恢复计时。</source>
        <translation>The limit runs again.</translation>
    </message>
    <message>
        <source>没有预警</source>
        <translation>No warning</translation>
    </message>
    <message>
        <source>按考勤计算工资</source>
        <translation>Wages from attendance</translation>
    </message>
    <message>
        <source>满意度&#x3000;{level}（{manner}）</source>
        <translation>Satisfaction&#x3000;{level} ({manner})</translation>
    </message>
    <message>
        <source>打印评价单</source>
        <translation>Print the evaluation slip</translation>
    </message>
    <message>
        <source>调整承办人</source>
        <translation>Give to a colleague</translation>
    </message>
    <message>
        <source>还没有办理记录。</source>
        <translation>Nothing on record yet.</translation>
    </message>
    <message>
        <source>登记{what}</source>
        <translation>Add: {what}</translation>
    </message>
    <message>
        <source>转介法律援助</source>
        <translation>Refer to legal aid</translation>
    </message>
    <message>
        <source>撤回删除申请</source>
        <translation>Withdraw the request to erase</translation>
    </message>
    <message>
        <source>申请依法删除</source>
        <translation>Ask for an erasure</translation>
    </message>
    <message>
        <source>{at}依法删除，依据：{ground}；批准机关：{authority}；申请人 {asked}，批准人 {by}</source>
        <translation>Erased {at} by order; ground: {ground}; authority: {authority}; asked by {asked}, decided by {by}</translation>
    </message>
    <message>
        <source>删除：各站点和区级平台上本案的内容、当事人资料、文书和附件，不能恢复。</source>
        <translation>Goes: the content, data of the parties, papers and files of this case at every station and the platform; it cannot be brought back.</translation>
    </message>
    <message>
        <source>保留：编号、登记和办理日期、统计项目、文书核验记录，以及删除的依据、批准机关和经办人。</source>
        <translation>Stays: number, dates, figures for statistics, marks to verify papers, and the ground, authority and people of the erasure.</translation>
    </message>
    <message>
        <source>申请随下次上传送达，由区级平台另一人批准后执行；批准前不删除任何内容，可以撤回。</source>
        <translation>The request goes with the next upload; a second person at the platform decides. Nothing is erased before that, and it can be withdrawn.</translation>
    </message>
    <message>
        <source>提交申请</source>
        <translation>Submit the request</translation>
    </message>
    <message>
        <source>已撤回删除申请。</source>
        <translation>The request was withdrawn.</translation>
    </message>
    <message>
        <source>较新版本的办理事项</source>
        <translation>Act of a newer version</translation>
    </message>
    <message>
        <source>较新版本登记的内容</source>
        <translation>Recorded by a newer version</translation>
    </message>
    <message>
        <source>有 {n} 项由较新版本登记，已原样保存，升级后可见。本机照常办理，不会改动这些内容。</source>
        <translation>{n} items were recorded by a newer version. They are kept as they are and can be seen after the upgrade; work goes on here and does not change them.</translation>
    </message>
    <message>
        <source>取消疑难复杂认定</source>
        <translation>No longer difficult</translation>
    </message>
    <message>
        <source>认定为疑难复杂案件</source>
        <translation>Say that the case is difficult</translation>
    </message>
    <message>
        <source>本地规则提示：{what}。</source>
        <translation>The local rules hint: {what}.</translation>
    </message>
    <message>
        <source>由人员认定，计入调解情况统计表。</source>
        <translation>Decided by a person; counted in the ministry&apos;s table.</translation>
    </message>
    <message>
        <source>已取消疑难复杂认定。</source>
        <translation>No longer counted as difficult.</translation>
    </message>
    <message>
        <source>已依法删除</source>
        <translation>Erased by order</translation>
    </message>
    <message>
        <source>另有 {count} 次单方谈话或者心理服务记录，只有记录人和承办人可以查看</source>
        <translation>{count} more notes of one side or psychological notes, shown to their writers and the mediator only</translation>
    </message>
    <message>
        <source>已移入回收站，三十天内可以恢复。</source>
        <translation>Moved to the recycle bin; it can be restored for thirty days.</translation>
    </message>
    <message>
        <source>显示其余 {n} 项</source>
        <translation>Show the other {n}</translation>
    </message>
    <message>
        <source>协议已有签署，当事人不再增减</source>
        <translation>The agreement has been signed; parties are neither added nor removed</translation>
    </message>
    <message>
        <source>应履行的款项已全部付清</source>
        <translation>Everything that was due has been paid</translation>
    </message>
</context>
<context>
    <name>CasePapersPage</name>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>文书目录</source>
        <translation>Papers of the case</translation>
    </message>
    <message>
        <source>出具</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>另存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>核验文书</source>
        <translation>Verify a paper</translation>
    </message>
    <message>
        <source>返回案件</source>
        <translation>Back to the case</translation>
    </message>
    <message>
        <source>第 {n} 版</source>
        <translation>Version {n}</translation>
    </message>
    <message>
        <source>待补充 {n} 项</source>
        <translation>{n} to complete</translation>
    </message>
    <message>
        <source>待补充：{what}</source>
        <translation>To complete: {what}</translation>
    </message>
    <message>
        <source>重新出具</source>
        <translation>Issue anew</translation>
    </message>
    <message>
        <source>一式 {n} 份</source>
        <translation>{n} copies</translation>
    </message>
    <message>
        <source>已出具第 {n} 版，编号 {number}。</source>
        <translation>Version {n} issued, number {number}.</translation>
    </message>
    <message>
        <source>已出具第 {n} 版。</source>
        <translation>Version {n} issued.</translation>
    </message>
    <message>
        <source>已保存：{file}</source>
        <translation>Saved: {file}</translation>
    </message>
    <message>
        <source>作废文书</source>
        <translation>Void the paper</translation>
    </message>
    <message>
        <source>作废原因（编号和内容仍留存备查）</source>
        <translation>Reason (number and content are kept on record)</translation>
    </message>
    <message>
        <source>已作废。</source>
        <translation>Voided.</translation>
    </message>
    <message>
        <source>选择要核验的文书</source>
        <translation>Choose the paper to verify</translation>
    </message>
    <message>
        <source>文书或者扫描图片 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)</source>
        <translation>Papers or scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)</translation>
    </message>
    <message>
        <source>打印全部必备文书</source>
        <translation>Print all required papers</translation>
    </message>
    <message>
        <source>内容已变，需重新出具</source>
        <translation>changed, issue again</translation>
    </message>
    <message>
        <source>法院材料包</source>
        <translation>Package for the court</translation>
    </message>
    <message>
        <source>已出具，内容没有变化</source>
        <translation>Issued, and nothing has changed since</translation>
    </message>
    <message>
        <source>只有已出具、尚未签署的文书可以作废</source>
        <translation>Only a paper that was issued and not yet signed can be voided</translation>
    </message>
    <message>
        <source>讨论稿</source>
        <translation>Discussion draft</translation>
    </message>
</context>
<context>
    <name>Cases</name>
    <message>
        <source>案件名称</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>办理阶段</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>预警</source>
        <translation>Warning</translation>
    </message>
    <message>
        <source>人数</source>
        <translation>People</translation>
    </message>
    <message>
        <source>金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
    <message>
        <source>登记日期</source>
        <translation>Registered</translation>
    </message>
    <message>
        <source>案件编号</source>
        <translation>Number</translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>姓名、单位、电话、编号、拼音首字母</source>
        <translation>Name, company, telephone, number, pinyin initials</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>办理阶段</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>全部阶段</source>
        <translation>All stages</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>全部类别</source>
        <translation>All services</translation>
    </message>
    <message>
        <source>回收站</source>
        <translation>Recycle bin</translation>
    </message>
    <message>
        <source>诉求列表</source>
        <translation>List of cases</translation>
    </message>
    <message>
        <source>移入回收站</source>
        <translation>Move to the recycle bin</translation>
    </message>
    <message>
        <source>新登记</source>
        <translation>New appeal</translation>
    </message>
    <message>
        <source>诉求办理</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>从回收站恢复</source>
        <translation>Restore from the recycle bin</translation>
    </message>
    <message>
        <source>共 {n} 件</source>
        <translation>{n} in all</translation>
    </message>
    <message>
        <source>已从回收站恢复。</source>
        <translation>Restored from the recycle bin.</translation>
    </message>
    <message>
        <source>已移入回收站，三十天内可以恢复。</source>
        <translation>Moved to the recycle bin; it can be restored for thirty days.</translation>
    </message>
    <message>
        <source>打印必备文书</source>
        <translation>Print required papers</translation>
    </message>
    <message>
        <source>法院材料包</source>
        <translation>Package for the court</translation>
    </message>
    <message>
        <source>一次最多办理 {n} 件案件的文书，请减少选择。</source>
        <translation>At most {n} cases at once; choose fewer.</translation>
    </message>
    <message>
        <source>取消统计条件</source>
        <translation>Show all cases</translation>
    </message>
    <message>
        <source>只看对“{name}”的诉求，点按取消</source>
        <translation>Only appeals against “{name}”; click to end</translation>
    </message>
    <message>
        <source>全部预警</source>
        <translation>All colours</translation>
    </message>
    <message>
        <source>回收站是空的。</source>
        <translation>The recycle bin is empty.</translation>
    </message>
    <message>
        <source>没有符合条件的诉求。</source>
        <translation>No appeal meets these conditions.</translation>
    </message>
    <message>
        <source>还没有诉求。按“新登记”（{key}）写下第一件。</source>
        <translation>No appeals yet. Write down the first one with New appeal ({key}).</translation>
    </message>
    <message>
        <source>还没有诉求。</source>
        <translation>No appeals yet.</translation>
    </message>
</context>
<context>
    <name>Clauses</name>
    <message>
        <source>本站条款已加入协议。</source>
        <translation>The station&apos;s wording was added.</translation>
    </message>
    <message>
        <source>{title}（依据：{basis}）</source>
        <translation>{title} (basis: {basis})</translation>
    </message>
    <message>
        <source>存为本站条款</source>
        <translation>Keep for this station</translation>
    </message>
    <message>
        <source>计算…</source>
        <translation>Calculate…</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>比较版本</source>
        <translation>Compare versions</translation>
    </message>
    <message>
        <source>原来的版本</source>
        <translation>Older version</translation>
    </message>
    <message>
        <source>后来的版本</source>
        <translation>Newer version</translation>
    </message>
    <message>
        <source>第 {n} 版</source>
        <translation>Version {n}</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>两版内容相同。</source>
        <translation>The two versions say the same.</translation>
    </message>
    <message>
        <source>{n} 处不同</source>
        <translation>{n} differences</translation>
    </message>
</context>
<context>
    <name>CopyPanel</name>
    <message>
        <source>逐项复制到其他系统</source>
        <translation>Copy field by field</translation>
    </message>
    <message>
        <source>栏目</source>
        <translation>Fields</translation>
    </message>
    <message>
        <source>复制下一项</source>
        <translation>Copy the next</translation>
    </message>
    <message>
        <source>保存编号</source>
        <translation>Keep the number</translation>
    </message>
    <message>
        <source>栏目来源：{source}</source>
        <translation>Order of fields: {source}</translation>
    </message>
    <message>
        <source>（未登记）</source>
        <translation>(nothing on record)</translation>
    </message>
    <message>
        <source>已复制</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>已复制：{title}</source>
        <translation>Copied: {title}</translation>
    </message>
    <message>
        <source>编号已保存在本案。</source>
        <translation>The number is kept with the case.</translation>
    </message>
</context>
<context>
    <name>Court</name>
    <message>
        <source>答复</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>不得加盖印章</source>
        <translation>No seal</translation>
    </message>
    <message>
        <source>阻止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>提醒</source>
        <translation>Warning</translation>
    </message>
    <message>
        <source>提示</source>
        <translation>Hint</translation>
    </message>
    <message>
        <source>没有发现问题</source>
        <translation>Nothing found</translation>
    </message>
</context>
<context>
    <name>CourtDialog</name>
    <message>
        <source>司法确认预审</source>
        <translation>Court preview</translation>
    </message>
    <message>
        <source>仅影响提交法院的文书；双方仍可签署协议，出具协议时记明已经告知。</source>
        <translation>This holds back papers for the court only; the parties may still sign, and it is recorded that they were told.</translation>
    </message>
    <message>
        <source>不能替您判断：纠纷是否真实、当事人是否自愿，请调解员当面核实。</source>
        <translation>Not for a program to judge: whether the dispute is real and everyone is willing. Ask in person.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>提交法院的材料：{list}。</source>
        <translation>Papers for the court: {list}.</translation>
    </message>
    <message>
        <source>负责人决定加盖</source>
        <translation>The head decides to seal</translation>
    </message>
    <message>
        <source>写明理由后可以加盖人民调解委员会印章，理由和当时的审查意见一并保存。</source>
        <translation>With a reason the committee&apos;s seal may be used; the reason and the findings are kept.</translation>
    </message>
</context>
<context>
    <name>DateControl</name>
    <message>
        <source>从日历选择</source>
        <translation>Choose from the calendar</translation>
    </message>
</context>
<context>
    <name>DayLogPage</name>
    <message>
        <source>前一天</source>
        <translation>Day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>Day after</translation>
    </message>
    <message>
        <source>预览并打印</source>
        <translation>Preview and print</translation>
    </message>
    <message>
        <source>当日办理的案件</source>
        <translation>Cases of the day</translation>
    </message>
    <message>
        <source>当日没有办理记录。</source>
        <translation>Nothing was recorded on this day.</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>办理情况</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>排查和次日安排</source>
        <translation>Rounds, and the day after</translation>
    </message>
    <message>
        <source>值班情况和交接事项</source>
        <translation>Remarks and what is handed over</translation>
    </message>
    <message>
        <source>工作日志</source>
        <translation>Day log</translation>
    </message>
    <message>
        <source>没有安排</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>值班&#x3000;{who}</source>
        <translation>On duty&#x3000;{who}</translation>
    </message>
    <message>
        <source>排查&#x3000;{what}</source>
        <translation>Round&#x3000;{what}</translation>
    </message>
    <message>
        <source>次日&#x3000;{what}</source>
        <translation>Next day&#x3000;{what}</translation>
    </message>
    <message>
        <source>没有排查，次日没有安排。</source>
        <translation>No round; nothing planned for the next day.</translation>
    </message>
    <message>
        <source>已保存。</source>
        <translation>Saved.</translation>
    </message>
    <message>
        <source>工作日志 {day}</source>
        <translation>Day log {day}</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>已撤销。</source>
        <translation>Undone.</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>Dossier</name>
    <message>
        <source>卷宗</source>
        <translation>File</translation>
    </message>
    <message>
        <source>卷内文书齐全，自查没有发现问题。</source>
        <translation>The file is complete; the review found nothing.</translation>
    </message>
    <message>
        <source>达成协议或者终止调解后，在这里列出缺少的文书和自查意见。</source>
        <translation>Once agreed or ended, what the file lacks and what the review found is listed here.</translation>
    </message>
    <message>
        <source>打印缺少的文书</source>
        <translation>Print what is missing</translation>
    </message>
    <message>
        <source>装订卷宗</source>
        <translation>Bind the file</translation>
    </message>
    <message>
        <source>应有 {all} 项，已有 {n} 项</source>
        <translation>{n} of {all} items</translation>
    </message>
    <message>
        <source>正在装订卷宗，请稍候。</source>
        <translation>Binding the file, please wait.</translation>
    </message>
    <message>
        <source>卷宗已装订：{file}</source>
        <translation>File bound: {file}</translation>
    </message>
    <message>
        <source>卷内没有缺少的文书</source>
        <translation>No paper is missing from the file</translation>
    </message>
    <message>
        <source>本案还没有出具文书</source>
        <translation>No paper of this case has been issued yet</translation>
    </message>
</context>
<context>
    <name>EachDialog</name>
    <message>
        <source>一人一份</source>
        <translation>One for each</translation>
    </message>
    <message>
        <source>为 {n} 名申请人各制作并出具一份协议，每份有自己的编号，内容取自本协议中本人的部分。</source>
        <translation>One agreement for each of the {n} applicants, with its own number, from that person&apos;s part of this agreement.</translation>
    </message>
    <message>
        <source>出具进度</source>
        <translation>Progress of issuing</translation>
    </message>
    <message>
        <source>开始出具</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>第 {n}/{total} 份，预计剩余 {s} 秒，可随时停止。</source>
        <translation>{n} of {total}, about {s} s left; can be stopped at any time.</translation>
    </message>
    <message>
        <source>已出具 {n} 份。</source>
        <translation>{n} issued.</translation>
    </message>
    <message>
        <source>已停止；再次开始时从下一份继续，已出具的不变。</source>
        <translation>Stopped; starting again goes on with the next, those issued stay.</translation>
    </message>
    <message>
        <source>{n} 份未能出具：</source>
        <translation>{n} could not be issued:</translation>
    </message>
</context>
<context>
    <name>Evaluating</name>
    <message>
        <source>登记满意度</source>
        <translation>Enter satisfaction</translation>
    </message>
    <message>
        <source>按群众填写的评价单或者社区电话回访登记，不写姓名和号码。办理本案的调解员不能登记。</source>
        <translation>Enter it from the slip or from a call of the community, without names or numbers. Who mediated the case cannot enter it.</translation>
    </message>
    <message>
        <source>评价单</source>
        <translation>Evaluation slip</translation>
    </message>
</context>
<context>
    <name>ExportBar</name>
    <message>
        <source>导出进度</source>
        <translation>Export progress</translation>
    </message>
    <message>
        <source>停止导出</source>
        <translation>Stop the export</translation>
    </message>
    <message>
        <source>正在停止。</source>
        <translation>Stopping.</translation>
    </message>
    <message>
        <source>正在导出，第 {n} 项，共 {all} 项</source>
        <translation>Exporting, part {n} of {all}</translation>
    </message>
    <message>
        <source>已导出：{name}</source>
        <translation>Exported: {name}</translation>
    </message>
    <message>
        <source>已停止导出，没有生成文件。</source>
        <translation>Export stopped; no file was made.</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>年份</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>期间</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>分项</source>
        <translation>By</translation>
    </message>
    <message>
        <source>各月受理</source>
        <translation>Accepted by month</translation>
    </message>
    <message>
        <source>导出报表</source>
        <translation>Export report</translation>
    </message>
    <message>
        <source>全部年份</source>
        <translation>All years</translation>
    </message>
    <message>
        <source>全年</source>
        <translation>Whole year</translation>
    </message>
    <message>
        <source>上半年</source>
        <translation>First half</translation>
    </message>
    <message>
        <source>下半年</source>
        <translation>Second half</translation>
    </message>
    <message>
        <source>第{n}季度</source>
        <translation>Quarter {n}</translation>
    </message>
    <message>
        <source>{n}月</source>
        <translation>Month {n}</translation>
    </message>
    <message>
        <source>统计分析</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>{year}年</source>
        <translation>{year}</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>化解</source>
        <translation>Resolved</translation>
    </message>
    <message>
        <source>未化解</source>
        <translation>Not resolved</translation>
    </message>
    <message>
        <source>司法确认</source>
        <translation>Confirmed by court</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>{n} 件，化解率 {rate}</source>
        <translation>{n}, resolved {rate}</translation>
    </message>
    <message>
        <source>群众诉求统计报表（{period}）.xlsx</source>
        <translation>Figures {period}.xlsx</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>月报、季报、年报，供签字盖章</source>
        <translation>Monthly, quarterly, yearly report, to be signed and sealed</translation>
    </message>
    <message>
        <source>书记会商</source>
        <translation>Meeting of secretaries</translation>
    </message>
    <message>
        <source>调解情况统计表</source>
        <translation>Mediation statistics</translation>
    </message>
    <message>
        <source>导出 Excel</source>
        <translation>Export to Excel</translation>
    </message>
    <message>
        <source>群众诉求服务工作{kind}（{period}）</source>
        <translation>Report of the service station, {kind} ({period})</translation>
    </message>
    <message>
        <source>看板</source>
        <translation>Board</translation>
    </message>
    <message>
        <source>以案定补</source>
        <translation>Subsidy by case</translation>
    </message>
    <message>
        <source>已出具的报表</source>
        <translation>Issued reports</translation>
    </message>
    <message>
        <source>地区</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>分项表</source>
        <translation>Table of parts</translation>
    </message>
    <message>
        <source>表格</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>逐项列出，每个数字都能点开</source>
        <translation>Line by line; every number opens its cases</translation>
    </message>
    <message>
        <source>全部地区</source>
        <translation>Everywhere</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>蓝色为已化解，橙色为未化解。点按一项查看案件。</source>
        <translation>Blue: resolved, orange: not resolved. Press one to see its cases.</translation>
    </message>
    <message>
        <source>点按数字查看案件；化解率打开已化解的，人数和金额打开受理的。</source>
        <translation>Press a number to see its cases; a rate opens those resolved, people and amounts those accepted.</translation>
    </message>
    <message>
        <source>按受理日期统计。</source>
        <translation>Counted by the day of acceptance.</translation>
    </message>
    <message>
        <source>化解率</source>
        <translation>Rate</translation>
    </message>
</context>
<context>
    <name>FiledDialog</name>
    <message>
        <source>第 {n} 页</source>
        <translation>Page {n}</translation>
    </message>
    <message>
        <source>说明：{words}</source>
        <translation>Statement: {words}</translation>
    </message>
    <message>
        <source>登记手写更正</source>
        <translation>Record a correction</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>签署时手写更正</source>
        <translation>Handwritten correction at signing</translation>
    </message>
    <message>
        <source>按纸上所改如实登记；金额有更正的，应当重新出具后签署。</source>
        <translation>Record it as it stands on paper. Where an amount was corrected, issue anew and sign again.</translation>
    </message>
    <message>
        <source>移除这张扫描件？移除后仍留在办理过程中，不会删除。</source>
        <translation>Remove this scan? It stays in the history and is not deleted.</translation>
    </message>
    <message>
        <source>移除扫描件</source>
        <translation>Remove the scan</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>查看条文</source>
        <translation>Show the articles</translation>
    </message>
    <message>
        <source>收起条文</source>
        <translation>Hide the articles</translation>
    </message>
    <message>
        <source>负责人决定加盖</source>
        <translation>The head decides to seal</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>已保存：{what}。</source>
        <translation>Saved: {what}.</translation>
    </message>
</context>
<context>
    <name>Forms</name>
    <message>
        <source>代为签署的代理人（本人签署的不填）</source>
        <translation>Agent who signs (empty if in person)</translation>
    </message>
    <message>
        <source>实际办理时间（补录时填写）</source>
        <translation>True time (if recorded later)</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>必填</source>
        <translation>required</translation>
    </message>
    <message>
        <source>诉求</source>
        <translation>Appeal</translation>
    </message>
    <message>
        <source>一句话写明什么事、要什么</source>
        <translation>One sentence: what happened, what is asked</translation>
    </message>
    <message>
        <source>恢复码</source>
        <translation>Recovery code</translation>
    </message>
    <message>
        <source>六组，每组五个字母或者数字</source>
        <translation>Six groups of five letters or digits</translation>
    </message>
    <message>
        <source>用户</source>
        <translation>User</translation>
    </message>
    <message>
        <source>新密码（至少 8 位）</source>
        <translation>New password (at least 8 characters)</translation>
    </message>
    <message>
        <source>再输入一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>系统默认打印机</source>
        <translation>The system&apos;s default printer</translation>
    </message>
    <message>
        <source>单双面</source>
        <translation>Sides</translation>
    </message>
    <message>
        <source>按文书自动选择</source>
        <translation>As the paper asks</translation>
    </message>
    <message>
        <source>单面</source>
        <translation>One side</translation>
    </message>
    <message>
        <source>双面（长边翻转）</source>
        <translation>Two sides (long edge)</translation>
    </message>
    <message>
        <source>手动双面</source>
        <translation>Two sides by hand</translation>
    </message>
    <message>
        <source>编号用括号</source>
        <translation>Brackets of numbers</translation>
    </message>
    <message>
        <source>（2026）</source>
        <translation>（2026）</translation>
    </message>
    <message>
        <source>〔2026〕</source>
        <translation>〔2026〕</translation>
    </message>
    <message>
        <source>正文字体文件</source>
        <translation>Font file of the text</translation>
    </message>
    <message>
        <source>随程序的宋体；本站有授权的，填写字体文件位置</source>
        <translation>The font that comes along; or the path of a font you have a licence for</translation>
    </message>
    <message>
        <source>生僻字字体文件</source>
        <translation>Font file for rare characters</translation>
    </message>
    <message>
        <source>没有的留空</source>
        <translation>Leave empty if there is none</translation>
    </message>
    <message>
        <source>外观</source>
        <translation>Appearance</translation>
    </message>
    <message>
        <source>跟随系统</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>界面语言（重新打开后生效）</source>
        <translation>Language (from the next start)</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>无操作自动锁定（分钟，0 为不锁定）</source>
        <translation>Lock when idle (minutes, 0 never)</translation>
    </message>
    <message>
        <source>大字显示</source>
        <translation>Large type</translation>
    </message>
    <message>
        <source>平台地址</source>
        <translation>Address of the platform</translation>
    </message>
    <message>
        <source>https://</source>
        <translation>https://</translation>
    </message>
    <message>
        <source>接入码</source>
        <translation>Joining code</translation>
    </message>
    <message>
        <source>由平台管理员提供，一次有效</source>
        <translation>From the platform&apos;s administrator, valid once</translation>
    </message>
    <message>
        <source>自动上传间隔（分钟）</source>
        <translation>Upload every (minutes)</translation>
    </message>
    <message>
        <source>单位自建证书文件</source>
        <translation>Certificate file of your own authority</translation>
    </message>
    <message>
        <source>站点</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>站点名称</source>
        <translation>Name of the station</translation>
    </message>
    <message>
        <source>某社区某工地群众诉求服务站</source>
        <translation>Service station of a site</translation>
    </message>
    <message>
        <source>站点代码</source>
        <translation>Code of the station</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Street</translation>
    </message>
    <message>
        <source>社区代码</source>
        <translation>Code of the community</translation>
    </message>
    <message>
        <source>人民调解委员会</source>
        <translation>Mediation committee</translation>
    </message>
    <message>
        <source>名称（与印章一致）</source>
        <translation>Name (as on the seal)</translation>
    </message>
    <message>
        <source>编号用简称</source>
        <translation>Short name in numbers</translation>
    </message>
    <message>
        <source>如：光凤东坑</source>
        <translation>For example 光凤东坑</translation>
    </message>
    <message>
        <source>编号字头</source>
        <translation>Series letters</translation>
    </message>
    <message>
        <source>由平台分配的一至两个字母；没有的留空</source>
        <translation>One or two letters given by the platform; else empty</translation>
    </message>
    <message>
        <source>所在地基层人民法院</source>
        <translation>Basic court of the place</translation>
    </message>
    <message>
        <source>第一位用户</source>
        <translation>First user</translation>
    </message>
    <message>
        <source>密码（至少 8 位）</source>
        <translation>Password (at least 8 characters)</translation>
    </message>
    <message>
        <source>答复</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>下次回访日期（不再回访的不填）</source>
        <translation>Day of the next visit (leave empty for none)</translation>
    </message>
    <message>
        <source>终止原因</source>
        <translation>Reason for ending</translation>
    </message>
    <message>
        <source>如：昨天 0905</source>
        <translation>e.g. yesterday 0905</translation>
    </message>
    <message>
        <source>姓名、首字母、证件末四位或电话</source>
        <translation>Name, initials, last four digits or telephone</translation>
    </message>
    <message>
        <source>代理（system 跟随系统，none 不用，pac 自动配置，或者 http://主机:端口）</source>
        <translation>Proxy (system, none, pac, or http://host:port)</translation>
    </message>
    <message>
        <source>自动代理配置（PAC）的地址或者文件</source>
        <translation>Address or file of the automatic configuration (PAC)</translation>
    </message>
    <message>
        <source>代理为 pac 时填写</source>
        <translation>When the proxy is pac</translation>
    </message>
    <message>
        <source>限速（KB/秒，0 为不限）</source>
        <translation>Limit (KB a second, 0 for none)</translation>
    </message>
    <message>
        <source>代理用户名</source>
        <translation>User name of the proxy</translation>
    </message>
    <message>
        <source>代理密码</source>
        <translation>Password of the proxy</translation>
    </message>
    <message>
        <source>发现的问题（每行一项，没有的不填）</source>
        <translation>What was found (one a line; leave empty for nothing)</translation>
    </message>
    <message>
        <source>申请人姓名（没有申请人的不填）</source>
        <translation>Applicant&apos;s name (leave empty for none)</translation>
    </message>
    <message>
        <source>申请人电话</source>
        <translation>Applicant&apos;s telephone</translation>
    </message>
    <message>
        <source>被申请人名称</source>
        <translation>Respondent&apos;s name</translation>
    </message>
    <message>
        <source>公开身份的依据</source>
        <translation>On what ground</translation>
    </message>
    <message>
        <source>当事人相同</source>
        <translation>Same parties</translation>
    </message>
    <message>
        <source>全部尚未登记的当事人</source>
        <translation>All parties without a day of their own</translation>
    </message>
    <message>
        <source>只在登记当事人以外的利害关系人时填写</source>
        <translation>Only for an interested person who is no party</translation>
    </message>
    <message>
        <source>时间冲突，仍然预约</source>
        <translation>Book all the same</translation>
    </message>
    <message>
        <source>由区级平台发放，只能使用一次</source>
        <translation>Given by the district, good for one use</translation>
    </message>
    <message>
        <source>到哪天为止（只有一天的不填）</source>
        <translation>Until (empty for one day)</translation>
    </message>
    <message>
        <source>例如：依据哪份判决或者申请；不要写当事人的个人信息</source>
        <translation>For example which judgment or request; no personal data of parties</translation>
    </message>
    <message>
        <source>多个单位用顿号隔开</source>
        <translation>Several units parted by 、</translation>
    </message>
    <message>
        <source>代理人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>备份文件夹</source>
        <translation>Folder for backups</translation>
    </message>
    <message>
        <source>U 盘、移动硬盘或者另一台电脑上的文件夹</source>
        <translation>A folder on a stick, another disk or another PC</translation>
    </message>
    <message>
        <source>多少天没有备份时提醒（0 为不提醒）</source>
        <translation>Remind after so many days without a backup (0: never)</translation>
    </message>
    <message>
        <source>读卡器辅助程序的命令</source>
        <translation>Command of the card reader&apos;s helper</translation>
    </message>
    <message>
        <source>不用读卡器的留空</source>
        <translation>Empty where there is no reader</translation>
    </message>
    <message>
        <source>更新时间</source>
        <translation>When to update</translation>
    </message>
    <message>
        <source>由我决定</source>
        <translation>When I say so</translation>
    </message>
    <message>
        <source>下班后更新（自动下载，关闭程序时更新）</source>
        <translation>After work (fetched by itself, updated when the program is closed)</translation>
    </message>
    <message>
        <source>新版本的位置</source>
        <translation>Where new versions are</translation>
    </message>
    <message>
        <source>空为区级平台；也可以是 U 盘或者共享文件夹</source>
        <translation>Empty: the district; or a stick or shared folder</translation>
    </message>
    <message>
        <source>签名单位</source>
        <translation>Signer</translation>
    </message>
    <message>
        <source>公钥（64位）</source>
        <translation>Public key (64 digits)</translation>
    </message>
    <message>
        <source>让居民凭自助登记的查询编号看到这个时间、地点和经办人</source>
        <translation>Let the resident see this time, place and person by the code of his own entry</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>图片材料</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>添加图片</source>
        <translation>Add pictures</translation>
    </message>
    <message>
        <source>照片、截图和扫描件在这里显示。</source>
        <translation>Photographs, screenshots and scans are shown here.</translation>
    </message>
    <message>
        <source>另有 {n} 张</source>
        <translation>{n} more</translation>
    </message>
    <message>
        <source>选择图片</source>
        <translation>Choose pictures</translation>
    </message>
    <message>
        <source>图片 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf);;全部文件 (*)</source>
        <translation>Pictures (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf);;All files (*)</translation>
    </message>
    <message>
        <source>已存为证据材料。</source>
        <translation>Kept as evidence.</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>用户 {name}</source>
        <translation>User {name}</translation>
    </message>
    <message>
        <source>人员与密码</source>
        <translation>People and passwords</translation>
    </message>
    <message>
        <source>关于本程序</source>
        <translation>About</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Log out</translation>
    </message>
    <message>
        <source>锁定</source>
        <translation>Lock</translation>
    </message>
</context>
<context>
    <name>Instalments</name>
    <message>
        <source>第 {n} 期</source>
        <translation>Instalment {n}</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>同一被申请人第 {n} 次被反映（近一年 {year} 次）</source>
        <translation>Named as respondent for the {n}th time ({year} within a year)</translation>
    </message>
    <message>
        <source>同一单位第 {n} 次被反映（近一年 {year} 次）</source>
        <translation>This unit is named for the {n}th time ({year} within a year)</translation>
    </message>
</context>
<context>
    <name>IntakePage</name>
    <message>
        <source>添加申请人</source>
        <translation>Add an applicant</translation>
    </message>
    <message>
        <source>添加被申请人</source>
        <translation>Add a respondent</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>登记并受理</source>
        <translation>Register and accept</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>新登记</source>
        <translation>New appeal</translation>
    </message>
    <message>
        <source>有 {n} 处需要改正，已在各处注明；已填写的内容已保存为草稿。</source>
        <translation>{n} places need correcting, each is marked; what you wrote is kept as a draft.</translation>
    </message>
    <message>
        <source>已登记。</source>
        <translation>Registered.</translation>
    </message>
    <message>
        <source>已开始填写新的诉求，请先登记或者清空后再恢复。</source>
        <translation>A new appeal was begun; register or clear it first.</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>已清空。</source>
        <translation>Cleared.</translation>
    </message>
    <message>
        <source>正在填写的诉求还没有登记，请先登记或者清空，再复制。</source>
        <translation>An appeal is being written; register or clear it first.</translation>
    </message>
    <message>
        <source>已清空，图片材料仍在，不需要的请点按取消。</source>
        <translation>Cleared; the pictures are still there, click those you do not need.</translation>
    </message>
</context>
<context>
    <name>Interrupted</name>
    <message>
        <source>上次没有正常关闭。已登记的内容都已保存，没有未完成的草稿。</source>
        <translation>The program was not closed in order the last time. Everything registered is saved; no draft was unfinished.</translation>
    </message>
    <message>
        <source>上次没有正常关闭。您写到 {at} 的“{title}”已经找回，没有丢失。</source>
        <translation>The program was not closed in order the last time. “{title}”, as you had written it at {at}, is back; nothing is lost.</translation>
    </message>
    <message>
        <source>继续填写</source>
        <translation>Go on writing</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Drafts</translation>
    </message>
</context>
<context>
    <name>InvitationButtons</name>
    <message>
        <source>从二维码图片读取</source>
        <translation>Read from a QR picture</translation>
    </message>
    <message>
        <source>从剪贴板读取</source>
        <translation>Read from the clipboard</translation>
    </message>
    <message>
        <source>图片 (*.png *.jpg *.jpeg *.bmp *.webp)</source>
        <translation>Pictures (*.png *.jpg *.jpeg *.bmp *.webp)</translation>
    </message>
</context>
<context>
    <name>IssuedPage</name>
    <message>
        <source>已出具的报表</source>
        <translation>Issued reports</translation>
    </message>
    <message>
        <source>打开原件</source>
        <translation>Open the issued pages</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Make void</translation>
    </message>
    <message>
        <source>返回统计分析</source>
        <translation>Back to figures</translation>
    </message>
    <message>
        <source>还没有出具过报表。在报表、议题单、申报表、工作日志的预览中选“出具”，编号后的原件保存在这里。</source>
        <translation>No report was issued yet. Choose “Issue” in the preview of a report, agenda, claim sheet or day log; the numbered pages are kept here.</translation>
    </message>
    <message>
        <source>共 {n} 份，其中已作废 {void} 份。</source>
        <translation>{n} in all, {void} of them void.</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>原件未到本机</source>
        <translation>Pages not here yet</translation>
    </message>
    <message>
        <source>编号：{no}</source>
        <translation>Number: {no}</translation>
    </message>
    <message>
        <source>出具时间：{at}</source>
        <translation>Issued at: {at}</translation>
    </message>
    <message>
        <source>出具人：{name}</source>
        <translation>Issued by: {name}</translation>
    </message>
    <message>
        <source>页数：{n}</source>
        <translation>Pages: {n}</translation>
    </message>
    <message>
        <source>文件摘要：{hash}…（SHA-256）</source>
        <translation>Hash of the file: {hash}… (SHA-256)</translation>
    </message>
    <message>
        <source>出具情况</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>{day} 作废：{reason}</source>
        <translation>Void since {day}: {reason}</translation>
    </message>
    <message>
        <source>原件由本站另一台电脑出具，还没有传到本机，联网后会取回。</source>
        <translation>Another PC of this station issued it; the pages have not come here yet and are fetched when online.</translation>
    </message>
    <message>
        <source>作废报表</source>
        <translation>Make a report void</translation>
    </message>
    <message>
        <source>原件已依法删除</source>
        <translation>Pages erased by law</translation>
    </message>
    <message>
        <source>本报表列有已依法删除的案件，原件已一并删除，编号和摘要继续保留。仍需使用的，按现有数据重新出具。</source>
        <translation>This report names a case that was erased; its pages went with it, number and hash stay. If it is still needed, issue it anew from what stands.</translation>
    </message>
    <message>
        <source>重新出具</source>
        <translation>Issue anew</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>新登记</source>
        <translation>New appeal</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>打开菜单页</source>
        <translation>Open a page of the menu</translation>
    </message>
    <message>
        <source>保存草稿</source>
        <translation>Save the draft</translation>
    </message>
    <message>
        <source>预览并打印</source>
        <translation>Preview and print</translation>
    </message>
    <message>
        <source>刷新</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>复制另一方内容</source>
        <translation>Copy from the other side</translation>
    </message>
    <message>
        <source>代理人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>常用语</source>
        <translation>Phrases</translation>
    </message>
    <message>
        <source>处理疑似重复</source>
        <translation>Answer a possible duplicate</translation>
    </message>
    <message>
        <source>审查意见</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>预览</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>全屏给当事人看</source>
        <translation>Full screen for the parties</translation>
    </message>
    <message>
        <source>添加当事人</source>
        <translation>Add a party</translation>
    </message>
    <message>
        <source>粘贴名册</source>
        <translation>Paste a roster</translation>
    </message>
    <message>
        <source>选择服务类别</source>
        <translation>Choose the service</translation>
    </message>
    <message>
        <source>锁定</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>撤销刚才的办理</source>
        <translation>Undo the last step</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>粘贴扫描图片</source>
        <translation>Paste a scanned picture</translation>
    </message>
    <message>
        <source>登记已签，转到下一人</source>
        <translation>Record as signed, go on to the next</translation>
    </message>
    <message>
        <source>复制下一项</source>
        <translation>Copy the next</translation>
    </message>
    <message>
        <source>打印全部必备文书、缺少的文书</source>
        <translation>Print all required papers, or those that are missing</translation>
    </message>
    <message>
        <source>登记并受理；出具并打印；窗口中保存</source>
        <translation>Register and accept; issue and print; save in a window</translation>
    </message>
</context>
<context>
    <name>LineTab</name>
    <message>
        <source>接入</source>
        <translation>Join</translation>
    </message>
    <message>
        <source>区级平台</source>
        <translation>District platform</translation>
    </message>
    <message>
        <source>网络</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>本站还没有接入区级平台，全部工作照常进行。取得接入码后在此填写。</source>
        <translation>This station has not joined the district platform; all work goes on. Enter the joining code here once you have it.</translation>
    </message>
    <message>
        <source>已接入 {url}，编号字头 {series}，证书有效期至 {until}。</source>
        <translation>Joined {url}, series {series}, certificate valid until {until}.</translation>
    </message>
    <message>
        <source>已接入区级平台，待上传内容将自动上传。</source>
        <translation>Joined the district platform; what waits is uploaded by itself.</translation>
    </message>
    <message>
        <source>保存代理登录</source>
        <translation>Keep the proxy log-in</translation>
    </message>
    <message>
        <source>选择证书文件</source>
        <translation>Choose a certificate file</translation>
    </message>
    <message>
        <source>网络体检</source>
        <translation>Check the network</translation>
    </message>
    <message>
        <source>代理密码已加密保存在本机，不再显示。</source>
        <translation>The proxy&apos;s password is kept encrypted on this PC and is not shown again.</translation>
    </message>
    <message>
        <source>证书文件 (*.pem *.crt *.cer);;全部文件 (*)</source>
        <translation>Certificate files (*.pem *.crt *.cer);;All files (*)</translation>
    </message>
    <message>
        <source>代理登录已保存。</source>
        <translation>The proxy log-in is kept.</translation>
    </message>
    <message>
        <source>打印站点门牌</source>
        <translation>Print the door sheet</translation>
    </message>
    <message>
        <source>站点门牌</source>
        <translation>Door sheet</translation>
    </message>
</context>
<context>
    <name>LinesModel</name>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>化解</source>
        <translation>Resolved</translation>
    </message>
    <message>
        <source>化解率</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>未化解</source>
        <translation>Unresolved</translation>
    </message>
    <message>
        <source>司法确认</source>
        <translation>Confirmed by court</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>涉及人数</source>
        <translation>People</translation>
    </message>
    <message>
        <source>涉及金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>关联或者并案</source>
        <translation>Link or merge</translation>
    </message>
    <message>
        <source>另一件案件：当事人、编号、电话、拼音首字母</source>
        <translation>The other case: party, number, telephone, initials</translation>
    </message>
    <message>
        <source>查找另一件案件</source>
        <translation>Find the other case</translation>
    </message>
    <message>
        <source>另一件案件</source>
        <translation>The other case</translation>
    </message>
    <message>
        <source>关联：两件分别办理，互相可以查到</source>
        <translation>Link: each goes on, each names the other</translation>
    </message>
    <message>
        <source>并案：本案并入所选案件，内容都保留，可以撤销</source>
        <translation>Merge: this case goes on in the chosen one; all is kept and can be taken back</translation>
    </message>
    <message>
        <source>不是同一件：今后不再提示</source>
        <translation>Not the same: do not ask again</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>已保存：{what}。</source>
        <translation>Saved: {what}.</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>已锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>换一位用户登录</source>
        <translation>Log in as another user</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>登录</source>
        <translation>Log in</translation>
    </message>
    <message>
        <source>忘记密码，使用密钥恢复单</source>
        <translation>Forgotten password: use the recovery sheet</translation>
    </message>
    <message>
        <source>群众诉求服务站</source>
        <translation>Community service station</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>群众诉求服务站</source>
        <translation>Community service station</translation>
    </message>
</context>
<context>
    <name>MassDialog</name>
    <message>
        <source>登记进度</source>
        <translation>Progress of recording</translation>
    </message>
    <message>
        <source>开始登记</source>
        <translation>Start recording</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>正在登记，请稍候。</source>
        <translation>Recording, please wait.</translation>
    </message>
    <message>
        <source>第 {n}/{total} 份，预计剩余 {s} 秒，可随时停止。</source>
        <translation>{n} of {total}, about {s} s left; it can be stopped at any time.</translation>
    </message>
    <message>
        <source>已停止：已登记 {n} 份，均已保存；其余 {left} 份没有登记。再次开始时从其余的继续。</source>
        <translation>Stopped: {n} are recorded and saved, {left} are not. Starting again goes on with the rest.</translation>
    </message>
    <message>
        <source>继续登记</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>{what}：已登记 {n} 份。</source>
        <translation>{what}: {n} recorded.</translation>
    </message>
    <message>
        <source>已登记的 {n} 份有效。</source>
        <translation>The {n} recorded before stand.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Matrix</name>
    <message>
        <source>权利人</source>
        <translation>Payee</translation>
    </message>
    <message>
        <source>合计（元）</source>
        <translation>Total (yuan)</translation>
    </message>
    <message>
        <source>第 {n} 期</source>
        <translation>Instalment {n}</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>分期明细表</source>
        <translation>Table of instalments</translation>
    </message>
</context>
<context>
    <name>MeetingPage</name>
    <message>
        <source>书记会商</source>
        <translation>Meeting of secretaries</translation>
    </message>
    <message>
        <source>会商议题</source>
        <translation>Agenda</translation>
    </message>
    <message>
        <source>待落实的会商决定</source>
        <translation>Decisions to be followed up</translation>
    </message>
    <message>
        <source>没有需要会商的案件，也没有待落实的会商决定。</source>
        <translation>No case for the meeting, and no decision to be followed up.</translation>
    </message>
    <message>
        <source>记录决定</source>
        <translation>Record a decision</translation>
    </message>
    <message>
        <source>打印议题单</source>
        <translation>Print the agenda</translation>
    </message>
    <message>
        <source>需会商 {n} 件：▲红色 {red} 件，◆黄色 {amber} 件，超过时限 {late} 件。</source>
        <translation>{n} cases: ▲ {red} red, ◆ {amber} amber, {late} past a limit.</translation>
    </message>
    <message>
        <source>待落实的会商决定&#x3000;{n} 项，逾期 {late} 项</source>
        <translation>Decisions to be followed up: {n}, {late} late</translation>
    </message>
    <message>
        <source>第 {n} 日</source>
        <translation>Day {n}</translation>
    </message>
    <message>
        <source>{day} 前，已逾期</source>
        <translation>by {day}, late</translation>
    </message>
    <message>
        <source>{day} 前</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>列入理由</source>
        <translation>Why it is here</translation>
    </message>
    <message>
        <source>尚未落实的决定</source>
        <translation>Decisions not done yet</translation>
    </message>
    <message>
        <source>打开案件</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>记录会商决定</source>
        <translation>Record a decision of the meeting</translation>
    </message>
    <message>
        <source>会商决定的落实情况</source>
        <translation>What became of the decision</translation>
    </message>
    <message>
        <source>{meeting}议题单</source>
        <translation>Agenda of the {meeting}</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>今日待办</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>诉求办理</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>文书管理</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>社区发令</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>统计分析</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>数据上传</source>
        <translation>Upload</translation>
    </message>
    <message>
        <source>系统设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>排查记录</source>
        <translation>Rounds</translation>
    </message>
    <message>
        <source>日程</source>
        <translation>Diary</translation>
    </message>
    <message>
        <source>工作日志</source>
        <translation>Day log</translation>
    </message>
    <message>
        <source>已出具的报表</source>
        <translation>Issued reports</translation>
    </message>
    <message>
        <source>看板</source>
        <translation>Board</translation>
    </message>
    <message>
        <source>书记会商</source>
        <translation>Secretaries&apos; meeting</translation>
    </message>
    <message>
        <source>以案定补</source>
        <translation>Subsidy by case</translation>
    </message>
    <message>
        <source>居民自助登记</source>
        <translation>What residents wrote</translation>
    </message>
    <message>
        <source>资料包</source>
        <translation>Packs</translation>
    </message>
</context>
<context>
    <name>MinistryModel</name>
    <message>
        <source>项目</source>
        <translation>Item</translation>
    </message>
</context>
<context>
    <name>MinistryPage</name>
    <message>
        <source>人民调解委员会调解情况统计表</source>
        <translation>Statistics of the people&apos;s mediation committees</translation>
    </message>
    <message>
        <source>调解情况统计表</source>
        <translation>Mediation statistics</translation>
    </message>
    <message>
        <source>核对结果</source>
        <translation>Check sums</translation>
    </message>
    <message>
        <source>● 各项核对一致。</source>
        <translation>● All sums agree.</translation>
    </message>
    <message>
        <source>返回统计分析</source>
        <translation>Back to figures</translation>
    </message>
    <message>
        <source>打印预览</source>
        <translation>Print preview</translation>
    </message>
    <message>
        <source>导出 CSV</source>
        <translation>Export CSV</translation>
    </message>
    <message>
        <source>{unit}：{what}不一致，合计 {found}，应为 {expected}</source>
        <translation>{unit}: {what} do not agree, {found} found, {expected} expected</translation>
    </message>
    <message>
        <source>查看案件</source>
        <translation>Show the cases</translation>
    </message>
    <message>
        <source>人民调解委员会调解情况统计表（{period}）</source>
        <translation>Statistics of the people&apos;s mediation committees ({period})</translation>
    </message>
    <message>
        <source>调解情况统计表（{period}）.csv</source>
        <translation>Mediation statistics ({period}).csv</translation>
    </message>
    <message>
        <source>已导出：{name}</source>
        <translation>Exported: {name}</translation>
    </message>
</context>
<context>
    <name>NetCheck</name>
    <message>
        <source>网络体检</source>
        <translation>Check the network</translation>
    </message>
    <message>
        <source>逐段检查从本机到区级平台的网络，指出不通的一段，不改动任何内容。</source>
        <translation>Looks at the way from this PC to the platform hop by hop and names the one that fails. Nothing is changed.</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>关闭提示</source>
        <translation>Close the message</translation>
    </message>
    <message>
        <source>处理</source>
        <translation>Act</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>故障报告（不含个人信息）：{file}</source>
        <translation>Fault report (no personal data): {file}</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>NumberQuestions</name>
    <message>
        <source>编号核对</source>
        <translation>Numbers to be checked</translation>
    </message>
    <message>
        <source>重号：{number} 同时用在 {n} 件案件上。已出具的文书不会改动，请选定怎样处理。</source>
        <translation>Given twice: {number} is borne by {n} cases. Papers that are out are not changed; say what is to be done.</translation>
    </message>
    <message>
        <source>第 {n} 件改编新号</source>
        <translation>New number for case {n}</translation>
    </message>
    <message>
        <source>“{title}”改编新号</source>
        <translation>New number for “{title}”</translation>
    </message>
    <message>
        <source>都保留并注明</source>
        <translation>Leave both, with a note</translation>
    </message>
    <message>
        <source>{year} 年{kind}第 {n} 号</source>
        <translation>{kind} {n} of {year}</translation>
    </message>
    <message>
        <source>本机由 {of} 的备份恢复。原字头 {series} 不再使用，已知用到：{known}。此后用过的编号只在纸质文书上，请对照纸质文书逐一登记，登记完毕后确认。</source>
        <translation>This PC was restored from a backup of {of}. The old series {series} is not used any more; known up to: {known}. Numbers used after that stand on paper only: note each from the papers, then confirm.</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>登记一个编号</source>
        <translation>Note a number</translation>
    </message>
    <message>
        <source>已核对完毕</source>
        <translation>All compared</translation>
    </message>
    <message>
        <source>下列编号在前后编号之间，程序中没有记录，可能随损坏的电脑丢失。请对照纸质文书登记去向：</source>
        <translation>These numbers lie between known ones and no record here bears them; they may be lost with a PC. Note from the papers what became of them:</translation>
    </message>
    <message>
        <source>登记去向</source>
        <translation>Note what became of it</translation>
    </message>
    <message>
        <source>另有 {n} 个</source>
        <translation>{n} more</translation>
    </message>
    <message>
        <source>“{title}”将改编新号，{number} 留给另一件。已出具的 {n} 份文书保持原样并登记更正，请在纸质文书上注明；尚未签署的，再次打印时使用新号。</source>
        <translation>“{title}” gets a new number, {number} stays with the other case. The {n} papers that are out stay as they are with a correction noted; write it on the paper too. What is not signed yet is printed with the new number next time.</translation>
    </message>
    <message>
        <source>改编新号</source>
        <translation>New number</translation>
    </message>
    <message>
        <source>{number} 的文书都保持原样，在编号台账上注明重号。</source>
        <translation>All papers of {number} stay as they are; the ledger says that it was given twice.</translation>
    </message>
    <message>
        <source>登记后，这个编号不再使用。三十日内可以撤销。</source>
        <translation>Once noted, this number is not used any more. It can be taken back within thirty days.</translation>
    </message>
    <message>
        <source>登记编号去向</source>
        <translation>Note what became of a number</translation>
    </message>
    <message>
        <source>已保存：{what}。</source>
        <translation>Saved: {what}.</translation>
    </message>
    <message>
        <source>已签署</source>
        <translation>signed</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>没有联网也可以制作，联网后自动发送。</source>
        <translation>It can be made with no network and is sent once there is one. </translation>
    </message>
    <message>
        <source>可以直接送达：{units}。其他单位请打印发令单送达。</source>
        <translation>Sent directly to: {units}. For other units, print the order. </translation>
    </message>
    <message>
        <source>本区尚未设定的时限，请按发令要求填写，不填写的不计时。</source>
        <translation>Limits the district has not set are filled in as the order demands; empty ones are not timed.</translation>
    </message>
    <message>
        <source>发令</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>对方接收以前仍由本站承办，期限照常计算。</source>
        <translation>Until they accept, this station goes on handling the case, and its time limits run on.</translation>
    </message>
    <message>
        <source>{what}已登记。</source>
        <translation>Recorded: {what}.</translation>
    </message>
    <message>
        <source>新发令，待签收</source>
        <translation>New order, to be acknowledged</translation>
    </message>
    <message>
        <source>新移交，待答复</source>
        <translation>New hand-over, to be answered</translation>
    </message>
    <message>
        <source>尚未发送至{unit}，联网后自动发送。现在没有网络的，请先电话联系并记录。</source>
        <translation>Not sent to {unit} yet; it goes out once there is a network. Until then, phone them and record the call.</translation>
    </message>
    <message>
        <source>{unit}未接入本系统，请打印送达，对方签收、答复的情况由本站登记。</source>
        <translation>{unit} does not work with this program: deliver it on paper, and record their receipt and answers here.</translation>
    </message>
    <message>
        <source>发令与移交</source>
        <translation>Orders and hand-overs</translation>
    </message>
    <message>
        <source>现由{who}承办</source>
        <translation>Now handled by {who}</translation>
    </message>
    <message>
        <source>超时</source>
        <translation>late</translation>
    </message>
    <message>
        <source>（超时）</source>
        <translation> (late)</translation>
    </message>
    <message>
        <source>未设定</source>
        <translation>not set</translation>
    </message>
    <message>
        <source>填写区级平台给该单位的站点代码和名称，发令、移交时即可按名称直接送达；名称空白的为移除。</source>
        <translation>Enter the code the district gave the unit and its name; orders and hand-overs then reach it by name. An empty name forgets it.</translation>
    </message>
    <message>
        <source>现可直接送达：{units}。</source>
        <translation>Reached directly now: {units}.</translation>
    </message>
    <message>
        <source>登记单位</source>
        <translation>Note a unit</translation>
    </message>
    <message>
        <source>登记外单位</source>
        <translation>Note a unit outside</translation>
    </message>
    <message>
        <source>不使用本系统的协办单位。名称相同的，补充原登记；书面答复只作记录，不作为签收。</source>
        <translation>A joint unit without this program. The same name adds to its entry; an answer by paper is noted and is no receipt.</translation>
    </message>
    <message>
        <source>外单位</source>
        <translation>Outside</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>包括已办结的</source>
        <translation>Also those done with</translation>
    </message>
    <message>
        <source>发令和移交</source>
        <translation>Orders and hand-overs</translation>
    </message>
    <message>
        <source>没有需要办理的发令和移交。发令在案件的“发令与移交”中制作。</source>
        <translation>No orders or hand-overs to deal with. Orders are made in the case, under “Orders and hand-overs”.</translation>
    </message>
    <message>
        <source>社区发令</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>▲ 有 {n} 件新的发令、移交等待签收或者答复</source>
        <translation>▲ {n} new orders or hand-overs wait to be acknowledged or answered</translation>
    </message>
    <message>
        <source>打开案件</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>登记单位</source>
        <translation>Note a unit</translation>
    </message>
</context>
<context>
    <name>Package</name>
    <message>
        <source>材料包存放到</source>
        <translation>Where to put the package</translation>
    </message>
    <message>
        <source>已制作 {n} 个材料包</source>
        <translation>{n} packages made</translation>
    </message>
    <message>
        <source>，{n} 个案件还没有调解协议</source>
        <translation>; {n} cases have no agreement yet</translation>
    </message>
    <message>
        <source>打开文件夹</source>
        <translation>Open the folder</translation>
    </message>
    <message>
        <source>材料齐全</source>
        <translation>complete</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>正在制作材料包，第 {n}/{all} 件</source>
        <translation>Making packages for the court, {n} of {all}</translation>
    </message>
    <message>
        <source>，预计剩余 {s} 秒。</source>
        <translation>, about {s} s left.</translation>
    </message>
    <message>
        <source>，已停止，其余 {n} 件没有制作</source>
        <translation>, stopped; {n} were not made</translation>
    </message>
</context>
<context>
    <name>PacksPage</name>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>代码表</source>
        <translation>Code list</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>条款</source>
        <translation>Clause</translation>
    </message>
    <message>
        <source>资料包</source>
        <translation>Packs</translation>
    </message>
    <message>
        <source>导入资料包</source>
        <translation>Take in a pack</translation>
    </message>
    <message>
        <source>认可签名单位</source>
        <translation>Trust a signer</translation>
    </message>
    <message>
        <source>返回系统设置</source>
        <translation>Back to settings</translation>
    </message>
    <message>
        <source>认可的签名单位：{names}。</source>
        <translation>Trusted signers: {names}.</translation>
    </message>
    <message>
        <source>还没有认可签名单位。</source>
        <translation>No signer is trusted yet.</translation>
    </message>
    <message>
        <source>本机有 {n} 个资料包，其中 {bad} 个未通过核对。</source>
        <translation>{n} packs are here, {bad} of them did not pass the check.</translation>
    </message>
    <message>
        <source>没有另外的资料包，使用程序自带的资料。</source>
        <translation>No further packs; what came with the program is used.</translation>
    </message>
    <message>
        <source>未通过核对，没有启用</source>
        <translation>Did not pass the check, not in force</translation>
    </message>
    <message>
        <source>{day} 发布&#x3000;签名 {who}</source>
        <translation>Issued {day}, signed by {who}</translation>
    </message>
    <message>
        <source>资料包&#x3000;{title}</source>
        <translation>Pack  {title}</translation>
    </message>
    <message>
        <source>程序自带</source>
        <translation>Of the program</translation>
    </message>
    <message>
        <source>版本：{edition}</source>
        <translation>Edition: {edition}</translation>
    </message>
    <message>
        <source>启用或者核对日期：{day}</source>
        <translation>In force or checked: {day}</translation>
    </message>
    <message>
        <source>来源：{source}</source>
        <translation>Source: {source}</translation>
    </message>
    <message>
        <source>签名：{who}</source>
        <translation>Signed by: {who}</translation>
    </message>
    <message>
        <source>随程序发布</source>
        <translation>Came with the program</translation>
    </message>
    <message>
        <source>没有启用的原因</source>
        <translation>Why it is not in force</translation>
    </message>
    <message>
        <source>制作单位：{who}</source>
        <translation>Made by: {who}</translation>
    </message>
    <message>
        <source>文件摘要：{hash}…（SHA-256）</source>
        <translation>Hash of the file: {hash}… (SHA-256)</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Contents</translation>
    </message>
    <message>
        <source>选择资料包</source>
        <translation>Choose a pack</translation>
    </message>
    <message>
        <source>资料包 (*.zip)</source>
        <translation>Packs (*.zip)</translation>
    </message>
    <message>
        <source>已启用“{title}”，签名：{who}。</source>
        <translation>“{title}” is in force, signed by {who}.</translation>
    </message>
    <message>
        <source>认可以后，该单位签名的资料包可以在本机启用。公钥请用电话等其他途径核对。</source>
        <translation>Packs signed by this unit can then be put in force here. Check the public key by telephone.</translation>
    </message>
</context>
<context>
    <name>Papers</name>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>版次</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>案件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>出具时间</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>第 {n} 版</source>
        <translation>Version {n}</translation>
    </message>
    <message>
        <source>法院可能不予受理：{n} 项</source>
        <translation>The court may refuse: {n} findings</translation>
    </message>
    <message>
        <source>仍然继续</source>
        <translation>Go on all the same</translation>
    </message>
    <message>
        <source>查看并修改</source>
        <translation>Look and mend</translation>
    </message>
    <message>
        <source>另有 {n} 项。</source>
        <translation>And {n} more.</translation>
    </message>
</context>
<context>
    <name>PapersPage</name>
    <message>
        <source>编号、文书名称、案件名称</source>
        <translation>Number, paper, case</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>文书状态</source>
        <translation>State of the paper</translation>
    </message>
    <message>
        <source>全部状态</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>文书列表</source>
        <translation>List of papers</translation>
    </message>
    <message>
        <source>还没有出具过文书。文书在案件的“文书”页中制作。</source>
        <translation>No paper has been issued yet. Papers are made in a case, under Papers.</translation>
    </message>
    <message>
        <source>文书管理</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>共 {n} 份</source>
        <translation>{n} in all</translation>
    </message>
    <message>
        <source>没有符合条件的文书。</source>
        <translation>No paper fits.</translation>
    </message>
    <message>
        <source>待签、待盖章</source>
        <translation>Waiting for signatures and seals</translation>
    </message>
</context>
<context>
    <name>PartyCard</name>
    <message>
        <source>查看</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>该当事人另有 {n} 件诉求，最近一件：{title}</source>
        <translation>This party has {n} more cases, the latest: {title}</translation>
    </message>
    <message>
        <source>以前登记过的当事人</source>
        <translation>Parties on record</translation>
    </message>
    <message>
        <source>读身份证</source>
        <translation>Read the card</translation>
    </message>
    <message>
        <source>身份证已过有效期，请核对。</source>
        <translation>The identity card is past its last day; check it.</translation>
    </message>
    <message>
        <source>代理人</source>
        <translation>Agent</translation>
    </message>
</context>
<context>
    <name>PasswordCard</name>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>正在核对</source>
        <translation>Checking</translation>
    </message>
</context>
<context>
    <name>PatrolsPage</name>
    <message>
        <source>只看本站</source>
        <translation>This station only</translation>
    </message>
    <message>
        <source>登记排查</source>
        <translation>Note a round</translation>
    </message>
    <message>
        <source>排查记录</source>
        <translation>Rounds</translation>
    </message>
    <message>
        <source>还没有排查记录。排查发现的问题可以在这里转为诉求。</source>
        <translation>No rounds yet. What a round finds becomes an appeal here.</translation>
    </message>
    <message>
        <source>已处理</source>
        <translation>Dealt with</translation>
    </message>
    <message>
        <source>未发现问题</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>待处理 {n} 项</source>
        <translation>{n} to deal with</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>补充发现</source>
        <translation>Add a finding</translation>
    </message>
    <message>
        <source>发现 {n}</source>
        <translation>Finding {n}</translation>
    </message>
    <message>
        <source>● 已转为诉求</source>
        <translation>● Became an appeal</translation>
    </message>
    <message>
        <source>打开诉求</source>
        <translation>Open the appeal</translation>
    </message>
    <message>
        <source>● 已处理</source>
        <translation>● Dealt with</translation>
    </message>
    <message>
        <source>◆ 待处理</source>
        <translation>◆ To deal with</translation>
    </message>
    <message>
        <source>转为诉求</source>
        <translation>Make it an appeal</translation>
    </message>
    <message>
        <source>排查记录全社区和区级平台可以查看，不写当事人姓名和号码；涉及的人在转为诉求后登记。</source>
        <translation>Rounds can be read by the whole community and the district: no names or numbers of people here; they are noted once it is an appeal.</translation>
    </message>
    <message>
        <source>修改排查记录</source>
        <translation>Change the round</translation>
    </message>
    <message>
        <source>登记处理结果</source>
        <translation>Note what was done</translation>
    </message>
    <message>
        <source>发现时间、地点和发现人随排查记录，无需再填。</source>
        <translation>Time, place and finder come from the round.</translation>
    </message>
    <message>
        <source>登记表的月份</source>
        <translation>Month of the register</translation>
    </message>
    <message>
        <source>打印登记表</source>
        <translation>Print register</translation>
    </message>
</context>
<context>
    <name>PeopleTab</name>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>设置密码</source>
        <translation>Set the password</translation>
    </message>
    <message>
        <source>添加人员</source>
        <translation>Add a person</translation>
    </message>
    <message>
        <source>人员与密码</source>
        <translation>People and passwords</translation>
    </message>
    <message>
        <source>可以登录本机</source>
        <translation>Can log in here</translation>
    </message>
    <message>
        <source>未设密码</source>
        <translation>No password here</translation>
    </message>
    <message>
        <source>为 {name} 设置本机密码：</source>
        <translation>Password of {name} on this computer:</translation>
    </message>
    <message>
        <source>两次输入的密码不一致，请重新输入。</source>
        <translation>The two passwords differ. Enter them again.</translation>
    </message>
    <message>
        <source>密码已设置，下次登录时使用。</source>
        <translation>The password is set, for the next log-in.</translation>
    </message>
    <message>
        <source>已添加。请在上面的名单中选中，并设置本机密码。</source>
        <translation>Added. Choose the person in the list above and set a password.</translation>
    </message>
    <message>
        <source>离岗交接</source>
        <translation>Hand over and leave</translation>
    </message>
    <message>
        <source>请选择其他在岗人员</source>
        <translation>Choose a colleague who is still in office</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>请本人核对姓名、证件和金额，无误后签名并按指印。</source>
        <translation>Let the person check name, ID and amount, then sign and press a finger.</translation>
    </message>
    <message>
        <source>已签</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>未到</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>拒签</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>撤销登记</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>证件号码末四位 {tail}</source>
        <translation>ID ending {tail}</translation>
    </message>
    <message>
        <source>{yuan} 元</source>
        <translation>{yuan} yuan</translation>
    </message>
    <message>
        <source>第 {n} 期&#x3000;{day}
{yuan} 元&#x3000;{state}</source>
        <translation>Instalment {n}  {day}
{yuan} yuan  {state}</translation>
    </message>
    <message>
        <source>已付</source>
        <translation>Paid</translation>
    </message>
    <message>
        <source>第 {n} 期已付</source>
        <translation>Instalment {n} paid</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Came back</translation>
    </message>
    <message>
        <source>第 {n} 期退回</source>
        <translation>Instalment {n} came back</translation>
    </message>
    <message>
        <source>打印明细单</source>
        <translation>Print the slip</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message>
        <source>常用语</source>
        <translation>Phrases</translation>
    </message>
</context>
<context>
    <name>PictureDialog</name>
    <message>
        <source>这个文件不能显示为图片。</source>
        <translation>This file cannot be shown as a picture.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>选择图片</source>
        <translation>Choose pictures</translation>
    </message>
    <message>
        <source>粘贴图片</source>
        <translation>Paste a picture</translation>
    </message>
    <message>
        <source>收图文件夹</source>
        <translation>Watched folder</translation>
    </message>
    <message>
        <source>可把图片、微信截图拖到这里；登记后存为证据材料。</source>
        <translation>Drag pictures and screenshots here; they become evidence once registered.</translation>
    </message>
    <message>
        <source>图片材料</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>{n} KB，点按取消</source>
        <translation>{n} KB, click to remove</translation>
    </message>
    <message>
        <source>图片 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf);;全部文件 (*)</source>
        <translation>Pictures (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf);;All files (*)</translation>
    </message>
    <message>
        <source>收图文件夹没有待归档的图片</source>
        <translation>No pictures wait in the watched folder</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>文书预览</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>上一页</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>第 {n} 页，共 {all} 页</source>
        <translation>Page {n} of {all}</translation>
    </message>
</context>
<context>
    <name>PrintDialog</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>打印进度</source>
        <translation>Progress of printing</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>继续打印背面</source>
        <translation>Print the backs</translation>
    </message>
    <message>
        <source>停止打印</source>
        <translation>Stop printing</translation>
    </message>
    <message>
        <source>正在停止，请稍候。</source>
        <translation>Stopping, please wait.</translation>
    </message>
    <message>
        <source>已由“{name}”打印 {n} 份。</source>
        <translation>{n} copies printed on “{name}”.</translation>
    </message>
    <message>
        <source>从第 {n} 份继续</source>
        <translation>Go on with copy {n}</translation>
    </message>
    <message>
        <source>正在整理要打印的文书，请稍候。</source>
        <translation>Collecting the papers to print, please wait.</translation>
    </message>
    <message>
        <source>正在出具文书，请稍候。</source>
        <translation>Issuing papers, please wait.</translation>
    </message>
    <message>
        <source>停止出具</source>
        <translation>Stop issuing</translation>
    </message>
</context>
<context>
    <name>PrintForm</name>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>请选择打印机</source>
        <translation>Choose a printer</translation>
    </message>
    <message>
        <source>要打印的文书</source>
        <translation>Papers to print</translation>
    </message>
    <message>
        <source>页码</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>全部，或者 1-2</source>
        <translation>All, or 1-2</translation>
    </message>
    <message>
        <source>单双面</source>
        <translation>Sides</translation>
    </message>
    <message>
        <source>背面次序</source>
        <translation>Order of backs</translation>
    </message>
    <message>
        <source>案件之间加分隔页</source>
        <translation>Separator sheets between cases</translation>
    </message>
    <message>
        <source>{name}（没有找到）</source>
        <translation>{name} (not found)</translation>
    </message>
    <message>
        <source>先出具内容齐全的 {n} 份文书，一并打印</source>
        <translation>Issue the {n} complete papers first and print them too</translation>
    </message>
    <message>
        <source>另有 {n} 份没有打印。</source>
        <translation>{n} more not printed.</translation>
    </message>
    <message>
        <source>本机没有打印机，可以把文书另存为 PDF。</source>
        <translation>This PC has no printer; papers can be saved as PDF.</translation>
    </message>
    <message>
        <source>共 {kinds} 种 {n} 份</source>
        <translation>{kinds} papers, {n} copies</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>文书</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>份数</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>每份页数</source>
        <translation>Pages each</translation>
    </message>
    <message>
        <source>按打印机设置</source>
        <translation>As the printer is set</translation>
    </message>
    <message>
        <source>单面</source>
        <translation>One side</translation>
    </message>
    <message>
        <source>自动双面</source>
        <translation>Both sides</translation>
    </message>
    <message>
        <source>手动双面</source>
        <translation>Both sides by hand</translation>
    </message>
    <message>
        <source>末张先进纸</source>
        <translation>Last sheet first</translation>
    </message>
    <message>
        <source>首张先进纸</source>
        <translation>First sheet first</translation>
    </message>
</context>
<context>
    <name>ProposalCard</name>
    <message>
        <source>理由：{why}</source>
        <translation>Reason: {why}</translation>
    </message>
    <message>
        <source>采用</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>已采用修改意见。</source>
        <translation>Change taken over.</translation>
    </message>
    <message>
        <source>不采用</source>
        <translation>Leave aside</translation>
    </message>
    <message>
        <source>未采用修改意见。</source>
        <translation>Change left aside.</translation>
    </message>
    <message>
        <source>提出之后条款又有改动，采用将替换现在的内容。</source>
        <translation>The term was changed since; taking over replaces what stands now.</translation>
    </message>
</context>
<context>
    <name>Quick</name>
    <message>
        <source>记录联系</source>
        <translation>Note a contact</translation>
    </message>
    <message>
        <source>记录回访</source>
        <translation>Note a return visit</translation>
    </message>
    <message>
        <source>没有登记电话</source>
        <translation>no telephone on record</translation>
    </message>
</context>
<context>
    <name>ReaderCard</name>
    <message>
        <source>读卡测试</source>
        <translation>Test the reader</translation>
    </message>
    <message>
        <source>先填写厂家提供的辅助程序，再放上一张身份证测试；读到的内容只用于核对，不保存。</source>
        <translation>Enter the maker&apos;s helper, then put a card on the reader. What is read is only compared, never kept.</translation>
    </message>
    <message>
        <source>正在读卡，最多等 {n} 秒……</source>
        <translation>Reading, for {n} seconds at most …</translation>
    </message>
    <message>
        <source>读卡正常，证件号码末四位 {tail}。</source>
        <translation>The reader works; the number ends in {tail}.</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>原因或者说明</source>
        <translation>Reason or note</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>纸质文书上的编号</source>
        <translation>Number as it stands on the paper</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>设置新密码</source>
        <translation>Set the new password</translation>
    </message>
    <message>
        <source>重新设置密码</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>返回登录</source>
        <translation>Back to log-in</translation>
    </message>
    <message>
        <source>两次输入的密码不一致，请重新输入。</source>
        <translation>The two passwords differ. Enter them again.</translation>
    </message>
    <message>
        <source>恢复码不符，请对照密钥恢复单核对。密码没有更改。</source>
        <translation>The recovery code does not fit. Compare it with the sheet. The password was not changed.</translation>
    </message>
</context>
<context>
    <name>RestorePage</name>
    <message>
        <source>选择备份文件（.gmbak）。本机还没有数据，不会覆盖任何内容。</source>
        <translation>Choose the backup (.gmbak). This PC holds no data yet; nothing is overwritten.</translation>
    </message>
    <message>
        <source>选择备份文件</source>
        <translation>Choose the backup</translation>
    </message>
    <message>
        <source>从备份恢复</source>
        <translation>Restore from a backup</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>备份 (*.gmbak)</source>
        <translation>Backups (*.gmbak)</translation>
    </message>
    <message>
        <source>{station}，{at} 的备份，{size}。请用备份时的密码登录，核对后恢复。</source>
        <translation>{station}, backup of {at}, {size}. Log in with the password of that time to restore it.</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Log in</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>换一份备份</source>
        <translation>Another backup</translation>
    </message>
    <message>
        <source>去登录</source>
        <translation>To log-in</translation>
    </message>
    <message>
        <source>● 已恢复{station}：{at} 的备份，{n} 件案件。</source>
        <translation>● {station} restored: backup of {at}, {n} cases.</translation>
    </message>
    <message>
        <source>原编号字头 {old} 不再使用，登录后请在“数据上传－编号核对”中对照纸质文书登记。</source>
        <translation>The old series {old} is not used any more; after log-in compare it with the papers under “Upload - Numbers to be checked”.</translation>
    </message>
    <message>
        <source>现用字头：{series}。</source>
        <translation>Series now: {series}.</translation>
    </message>
    <message>
        <source>没有备用字头，请向运维人员领取后再出具编号文书。</source>
        <translation>There is no spare series; ask IT for one before numbered papers are issued.</translation>
    </message>
    <message>
        <source>联网后自动取回备份以后已上传的记录。</source>
        <translation>Once online, what was uploaded after the backup comes back by itself.</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message>
        <source>查看案情</source>
        <translation>Show the facts</translation>
    </message>
    <message>
        <source>比较版本</source>
        <translation>Compare versions</translation>
    </message>
    <message>
        <source>审查完毕</source>
        <translation>Reviewed</translation>
    </message>
    <message>
        <source>案情与审查</source>
        <translation>Facts and review</translation>
    </message>
    <message>
        <source>证据材料</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>收起案情</source>
        <translation>Hide the facts</translation>
    </message>
    <message>
        <source>● 已经法律审查</source>
        <translation>● Reviewed by the consultant</translation>
    </message>
    <message>
        <source>◆ 审查后协议有改动</source>
        <translation>◆ Changed since the review</translation>
    </message>
    <message>
        <source>已记录法律审查。</source>
        <translation>The review is on record.</translation>
    </message>
</context>
<context>
    <name>RosterDialog</name>
    <message>
        <source>导入名册</source>
        <translation>Import a roster</translation>
    </message>
    <message>
        <source>粘贴名册</source>
        <translation>Paste a roster</translation>
    </message>
    <message>
        <source>从表格复制名册（含表头），粘贴在这里；或者选择 CSV、XLSX 文件。</source>
        <translation>Copy the roster with its head row from a spreadsheet and paste it here; or choose a CSV or XLSX file.</translation>
    </message>
    <message>
        <source>选择文件</source>
        <translation>Choose a file</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>选择名册</source>
        <translation>Choose a roster</translation>
    </message>
    <message>
        <source>名册 (*.csv *.xlsx *.txt);;全部文件 (*)</source>
        <translation>Rosters (*.csv *.xlsx *.txt);;All files (*)</translation>
    </message>
    <message>
        <source>另有 {n} 处。</source>
        <translation>{n} more.</translation>
    </message>
    <message>
        <source>可导入 {n} 人，应发 {due} 元，已付 {paid} 元，欠发 {owed} 元</source>
        <translation>{n} people can be imported: due {due}, paid {paid}, owed {owed} yuan</translation>
    </message>
    <message>
        <source>导入 {n} 人</source>
        <translation>Import {n} people</translation>
    </message>
    <message>
        <source>名册已导入。</source>
        <translation>The roster was imported.</translation>
    </message>
    <message>
        <source>粘贴</source>
        <translation>Paste</translation>
    </message>
    <message>
        <source>需要核对的内容</source>
        <translation>To be checked</translation>
    </message>
    <message>
        <source>点按表头可更正该列的含义；双击单元格可更正内容。原文件不变。</source>
        <translation>Click a heading to say what the column means; double-click a cell to correct it. The file itself stays as it is.</translation>
    </message>
    <message>
        <source>第 {n} 行</source>
        <translation>Line {n}</translation>
    </message>
    <message>
        <source>等 {n} 行</source>
        <translation> and others, {n} lines</translation>
    </message>
    <message>
        <source>第 {n}</source>
        <translation>Lines {n}</translation>
    </message>
    <message>
        <source>比登记的诉求金额少 {yuan} 元</source>
        <translation>{yuan} yuan less than the amount claimed at registration</translation>
    </message>
    <message>
        <source>比登记的诉求金额多 {yuan} 元</source>
        <translation>{yuan} yuan more than the amount claimed at registration</translation>
    </message>
</context>
<context>
    <name>RosterGrid</name>
    <message>
        <source>可导入</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>合计不符</source>
        <translation>Total differs</translation>
    </message>
    <message>
        <source>需更正</source>
        <translation>To be corrected</translation>
    </message>
    <message>
        <source>点按更正本列的含义</source>
        <translation>Click to say what this column means</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>不导入</source>
        <translation>Not imported</translation>
    </message>
    <message>
        <source>名册</source>
        <translation>Roster</translation>
    </message>
</context>
<context>
    <name>RoundSheets</name>
    <message>
        <source>矛盾纠纷排查登记表（{month}）</source>
        <translation>Register of rounds ({month})</translation>
    </message>
    <message>
        <source>值班表 {first} 至 {last}</source>
        <translation>Duty list {first} to {last}</translation>
    </message>
</context>
<context>
    <name>SavedSearches</name>
    <message>
        <source>常用筛选</source>
        <translation>Saved searches</translation>
    </message>
    <message>
        <source>保存当前筛选…</source>
        <translation>Save this filter…</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>保存当前筛选</source>
        <translation>Save this filter</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>已保存常用筛选“{name}”。</source>
        <translation>Saved search “{name}” kept.</translation>
    </message>
    <message>
        <source>删除常用筛选“{name}”？</source>
        <translation>Delete the saved search “{name}”?</translation>
    </message>
    <message>
        <source>案件不受影响。</source>
        <translation>The cases are not affected.</translation>
    </message>
</context>
<context>
    <name>ScanEntry</name>
    <message>
        <source>扫描归档</source>
        <translation>File scans</translation>
    </message>
    <message>
        <source>剪贴板中没有图片或者文件。</source>
        <translation>There is no picture or file on the clipboard.</translation>
    </message>
    <message>
        <source>扫描归档（待归档 {n} 页）</source>
        <translation>File scans ({n} waiting)</translation>
    </message>
</context>
<context>
    <name>ScanFolder</name>
    <message>
        <source>收图文件夹 {name}：{words}</source>
        <translation>Scan folder, {name}: {words}</translation>
    </message>
    <message>
        <source>选择收图文件夹（扫描仪、高拍仪存图的位置）</source>
        <translation>Choose the folder scanners and document cameras save to</translation>
    </message>
    <message>
        <source>收图文件夹</source>
        <translation>Scan folder</translation>
    </message>
    <message>
        <source>正在从“{folder}”收图。停止收图吗？</source>
        <translation>Pictures are taken from “{folder}”. Stop this?</translation>
    </message>
</context>
<context>
    <name>Scans</name>
    <message>
        <source>粘贴{time}</source>
        <translation>pasted-{time}</translation>
    </message>
    <message>
        <source>已归档 {n}/{total} 页</source>
        <translation>{n} of {total} pages filed</translation>
    </message>
    <message>
        <source>第 {n} 页</source>
        <translation>Page {n}</translation>
    </message>
</context>
<context>
    <name>ScansDialog</name>
    <message>
        <source>扫描归档</source>
        <translation>File scans</translation>
    </message>
    <message>
        <source>选择文件</source>
        <translation>Choose a file</translation>
    </message>
    <message>
        <source>粘贴图片</source>
        <translation>Paste a picture</translation>
    </message>
    <message>
        <source>只扫了首页和签字页</source>
        <translation>First and signature pages only</translation>
    </message>
    <message>
        <source>读取进度</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>本案文书的扫描情况</source>
        <translation>Papers of this case and their scans</translation>
    </message>
    <message>
        <source>已归档的扫描件</source>
        <translation>Scans filed</translation>
    </message>
    <message>
        <source>待归档页</source>
        <translation>Pages to file</translation>
    </message>
    <message>
        <source>把扫描件或者照片拖到这里，或者按 Ctrl+V 粘贴。按页上的二维码自动归入案件、文书和页码。</source>
        <translation>Drop scans or photographs here, or press Ctrl+V. Each page is filed by its code: case, paper and page.</translation>
    </message>
    <message>
        <source>本次归档</source>
        <translation>This time</translation>
    </message>
    <message>
        <source>本案文书</source>
        <translation>Papers of this case</translation>
    </message>
    <message>
        <source>选择扫描件或者照片</source>
        <translation>Choose scans or photographs</translation>
    </message>
    <message>
        <source>扫描件和照片 ({kinds})</source>
        <translation>Scans and photographs ({kinds})</translation>
    </message>
    <message>
        <source>剪贴板中没有图片或者文件。</source>
        <translation>There is no picture or file on the clipboard.</translation>
    </message>
    <message>
        <source>停止读取</source>
        <translation>Stop reading</translation>
    </message>
    <message>
        <source>正在读取第 {n}/{total} 个文件：{name}</source>
        <translation>Reading file {n} of {total}: {name}</translation>
    </message>
    <message>
        <source>本案还没有出具文书。</source>
        <translation>No paper of this case has been issued yet.</translation>
    </message>
    <message>
        <source>只归档部分页的说明</source>
        <translation>Why only a part is filed</translation>
    </message>
    <message>
        <source>说明随扫描件留存：</source>
        <translation>The statement is kept with the scans:</translation>
    </message>
    <message>
        <source>收图文件夹</source>
        <translation>Scan folder</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>新登记</source>
        <translation>New appeal</translation>
    </message>
    <message>
        <source>搜索诉求、当事人、文书、功能&#x3000;{key}</source>
        <translation>Search cases, parties, papers, functions  {key}</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>搜索结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>打开：{page}</source>
        <translation>Open: {page}</translation>
    </message>
    <message>
        <source>没有找到“{text}”。</source>
        <translation>Nothing found for “{text}”.</translation>
    </message>
</context>
<context>
    <name>SelfEntries</name>
    <message>
        <source>居民自助登记（内容不在本机）</source>
        <translation>A resident&apos;s entry (words not on this PC)</translation>
    </message>
    <message>
        <source>两处处理</source>
        <translation>Answered twice</translation>
    </message>
    <message>
        <source>居民要求撤回</source>
        <translation>The resident asks to take it back</translation>
    </message>
    <message>
        <source>居民已撤回</source>
        <translation>Taken back by the resident</translation>
    </message>
    <message>
        <source>待处理</source>
        <translation>Waiting</translation>
    </message>
</context>
<context>
    <name>SelfEntriesPage</name>
    <message>
        <source>包括已处理的</source>
        <translation>Also those dealt with</translation>
    </message>
    <message>
        <source>打印站点门牌</source>
        <translation>Print the door sheet</translation>
    </message>
    <message>
        <source>居民自助登记</source>
        <translation>What residents wrote</translation>
    </message>
    <message>
        <source>没有待处理的居民自助登记。居民用手机扫站点门牌上的二维码，就能把事情告诉本站。</source>
        <translation>Nothing waits. Residents scan the code on the door sheet with their phones to tell this station what is the matter.</translation>
    </message>
    <message>
        <source>内容已由平台加密保存，还没有传到本机，联网后自动取回。</source>
        <translation>The words are kept sealed at the platform and have not come here yet; they are fetched when this PC is online.</translation>
    </message>
    <message>
        <source>居民已经撤回，内容已经删除。</source>
        <translation>The resident withdrew it; the words were deleted.</translation>
    </message>
    <message>
        <source>内容加密给本站的其他电脑，本机打不开。请在本站原来的电脑上办理；原电脑已经不用的，答复居民“无法读取”。</source>
        <translation>The words are sealed to other PCs of the station and cannot be opened here. Deal with it on the PC it is for; where that PC is gone, answer “Cannot be read”.</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>称呼</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>没有留</source>
        <translation>Not left</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>没有留，居民凭编号来站或者来电询问</source>
        <translation>Not left; the resident asks by the code</translation>
    </message>
    <message>
        <source>查询编号</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>门牌上写明 {n} 小时内联系，即 {at} 以前。</source>
        <translation>The door sheet promises a call within {n} hours: before {at}.</translation>
    </message>
    <message>
        <source>答复居民：{reason}</source>
        <translation>Words to the resident: {reason}</translation>
    </message>
    <message>
        <source>居民 {at} 要求撤回。请与居民确认后在案件中办理。</source>
        <translation>The resident asked to withdraw at {at}. Confirm with the resident, then deal with it in the case.</translation>
    </message>
    <message>
        <source>本站两台电脑各自处理了这一条。请核对后并案，或者撤回多余的一件。</source>
        <translation>Two PCs of the station dealt with this one. Compare them and merge, or take back the one too many.</translation>
    </message>
    <message>
        <source>打开诉求</source>
        <translation>Open the appeal</translation>
    </message>
    <message>
        <source>登记为诉求</source>
        <translation>Register as an appeal</translation>
    </message>
    <message>
        <source>答复居民，不登记</source>
        <translation>Answer, do not register</translation>
    </message>
    <message>
        <source>照片还差 {n} 张没有传到本机，联网后自动取回，取回后再登记。</source>
        <translation>{n} photo(s) have not come here yet; they are fetched when this PC is online. Register afterwards.</translation>
    </message>
    <message>
        <source>照片 {n}</source>
        <translation>Photo {n}</translation>
    </message>
    <message>
        <source>居民凭查询编号看到这段说明，区级平台也能看到，不写姓名和号码。不属本站的，请写明到哪里办理。</source>
        <translation>The resident reads these words by the code, and so can the district: no names, no numbers. Where it is not this station&apos;s, say where to go.</translation>
    </message>
    <message>
        <source>站点门牌</source>
        <translation>Door sheet</translation>
    </message>
</context>
<context>
    <name>SessionDialog</name>
    <message>
        <source>添加调解记录</source>
        <translation>Add a session</translation>
    </message>
    <message>
        <source>双方</source>
        <translation>Both sides</translation>
    </message>
    <message>
        <source>结束计时，填入结束时间</source>
        <translation>Stop and fill in the end</translation>
    </message>
    <message>
        <source>◆ 单独谈话内容只供本站办案使用，不打印，不随案件授权、发令、移交。</source>
        <translation>◆ What one side says alone is for this station&apos;s work only: not printed, and not opened by grants, orders or hand-overs.</translation>
    </message>
    <message>
        <source>{began} 开始，已进行 {time}</source>
        <translation>Began {began}, {time} so far</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>设置已保存。</source>
        <translation>Setting saved.</translation>
    </message>
    <message>
        <source>由{unit}统一设定</source>
        <translation>set by {unit}</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>设置类别</source>
        <translation>Groups of settings</translation>
    </message>
    <message>
        <source>打印与文书</source>
        <translation>Printing and papers</translation>
    </message>
    <message>
        <source>显示与锁定</source>
        <translation>Display and lock</translation>
    </message>
    <message>
        <source>网络与平台</source>
        <translation>Network and platform</translation>
    </message>
    <message>
        <source>人员与密码</source>
        <translation>People and passwords</translation>
    </message>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>系统设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>身份证读卡器</source>
        <translation>Identity card reader</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Backup</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>建立站点</source>
        <translation>Set up the station</translation>
    </message>
    <message>
        <source>两次输入的密码不一致，请重新输入。</source>
        <translation>The two passwords differ. Enter them again.</translation>
    </message>
    <message>
        <source>正在接入区级平台……</source>
        <translation>Joining the district …</translation>
    </message>
    <message>
        <source>● 已接入区级平台：{name}</source>
        <translation>● Joined the district: {name}</translation>
    </message>
    <message>
        <source>有接入码：站点、调委会、编号字头由区级平台带来</source>
        <translation>With a joining code: station, committee and number code come from the platform</translation>
    </message>
    <message>
        <source>没有接入码：手工填写，以后再接入</source>
        <translation>Without a code: type it by hand, join later</translation>
    </message>
    <message>
        <source>从备份恢复</source>
        <translation>Restore from a backup</translation>
    </message>
    <message>
        <source>本机还没有站点数据。以下内容由运维人员填写一次；全部内容加密保存在本机。</source>
        <translation>There is no station on this PC yet. IT fills this in once; everything is kept encrypted on this PC.</translation>
    </message>
    <message>
        <source>请对照印章和聘书核对。</source>
        <translation>Compare with the seal and the appointment.</translation>
    </message>
    <message>
        <source>本机还没有建立站点，请改正后重试，或者选择手工填写。</source>
        <translation>No station was set up on this PC. Mend it and try again, or choose to type it by hand.</translation>
    </message>
</context>
<context>
    <name>SharedFolder</name>
    <message>
        <source>选择本站各台电脑都能打开的文件夹</source>
        <translation>Choose a folder that all PCs of this station can open</translation>
    </message>
    <message>
        <source>共享文件夹</source>
        <translation>Shared folder</translation>
    </message>
    <message>
        <source>正在通过“{folder}”交换。停止交换吗？</source>
        <translation>Records are exchanged through “{folder}”. Stop exchanging?</translation>
    </message>
</context>
<context>
    <name>SheetDialog</name>
    <message>
        <source>扫描页</source>
        <translation>Scanned page</translation>
    </message>
    <message>
        <source>旋转</source>
        <translation>Turn</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>正在生成，请稍候。</source>
        <translation>Being made, please wait.</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>另存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>已保存：{name}</source>
        <translation>Saved: {name}</translation>
    </message>
    <message>
        <source>情况说明，回车写入；不写的，留空手写</source>
        <translation>Remarks; Enter writes them, left out they are written by hand</translation>
    </message>
    <message>
        <source>情况说明</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>出具</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>编号并保存原件，以后重印的都是这一份</source>
        <translation>Number it and keep the pages; every reprint is this one</translation>
    </message>
    <message>
        <source>已出具，编号{no}。原件已保存，可在“已出具的报表”中打开和重印。</source>
        <translation>Issued under {no}. The pages are kept; open and reprint them under “Issued reports”.</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>密钥恢复单</source>
        <translation>Key recovery sheet</translation>
    </message>
    <message>
        <source>忘记密码时，凭下面的恢复码可以重新设置密码。恢复码只显示这一次，本程序和平台都不保存。请立即打印或者抄写，由负责人锁存，不要拍照或者存入电脑。</source>
        <translation>With the code below a forgotten password can be set anew. It is shown this once and kept neither by this program nor by the platform. Print or copy it now and lock it away; do not photograph it or keep it on a computer.</translation>
    </message>
    <message>
        <source>已打印或者抄写，并已妥善保管</source>
        <translation>Printed or copied, and put in a safe place</translation>
    </message>
    <message>
        <source>开始使用</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>本单由站点负责人锁存。凭恢复码可以重新设置密码，任何人不得拍照、转发。</source>
        <translation>Kept under lock by the head of the station. With this code passwords can be set anew; nobody may photograph or pass it on.</translation>
    </message>
    <message>
        <source>另存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>PDF 只用于到其他电脑打印，打印后请立即删除。</source>
        <translation>The PDF is only for printing on another PC; delete it afterwards.</translation>
    </message>
    <message>
        <source>密钥恢复单.pdf</source>
        <translation>key recovery sheet.pdf</translation>
    </message>
    <message>
        <source>已保存：{file}</source>
        <translation>Saved: {file}</translation>
    </message>
</context>
<context>
    <name>ShowPaper</name>
    <message>
        <source>预览</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>全屏</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>讨论稿，按已保存的内容排版；没有编号，不能作为正式文书。</source>
        <translation>Discussion draft of what was saved; it has no number and is no official document.</translation>
    </message>
    <message>
        <source>已出具第 {n} 版，与打印的页面相同。</source>
        <translation>Version {n} as issued, the same pages as printed.</translation>
    </message>
    <message>
        <source>待补充：{what}</source>
        <translation>To complete: {what}</translation>
    </message>
</context>
<context>
    <name>SideMenu</name>
    <message>
        <source>功能菜单</source>
        <translation>Menu</translation>
    </message>
</context>
<context>
    <name>SignDesk</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>证件后四位</source>
        <translation>ID tail</translation>
    </message>
    <message>
        <source>金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
    <message>
        <source>签署</source>
        <translation>Signing</translation>
    </message>
    <message>
        <source>登记 {n} 方已签署；已登记拒签、未到的不动。</source>
        <translation>Records {n} signatures; who refused or did not come stays so.</translation>
    </message>
    <message>
        <source>全部当事人已签</source>
        <translation>All parties have signed</translation>
    </message>
    <message>
        <source>登记 {n} 份协议已由调解员签名、加盖人民调解委员会印章。</source>
        <translation>Records that the mediator signed and the committee sealed {n} agreements.</translation>
    </message>
    <message>
        <source>盖章并作用印登记</source>
        <translation>Seal and note its use</translation>
    </message>
</context>
<context>
    <name>SignDeskPage</name>
    <message>
        <source>姓名、证件号码后四位</source>
        <translation>Name, last four of the ID</translation>
    </message>
    <message>
        <source>查找签署人</source>
        <translation>Find a signer</translation>
    </message>
    <message>
        <source>签署人</source>
        <translation>Signers</translation>
    </message>
    <message>
        <source>全部当事人已签</source>
        <translation>All parties have signed</translation>
    </message>
    <message>
        <source>盖章并作用印登记</source>
        <translation>Seal and note its use</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>返回案件</source>
        <translation>Back to the case</translation>
    </message>
    <message>
        <source>签字台</source>
        <translation>Sign desk</translation>
    </message>
    <message>
        <source>协议 {n} 份</source>
        <translation>{n} agreements</translation>
    </message>
    <message>
        <source>各方已签 {n} 份</source>
        <translation>{n} signed by all</translation>
    </message>
    <message>
        <source>已盖章 {n} 份</source>
        <translation>{n} sealed</translation>
    </message>
    <message>
        <source>待签 {n} 方</source>
        <translation>{n} still to sign</translation>
    </message>
    <message>
        <source>当事人均已签署</source>
        <translation>All parties have signed</translation>
    </message>
    <message>
        <source>尚有 {n} 份没有出具</source>
        <translation>{n} not issued yet</translation>
    </message>
    <message>
        <source>{name} 已签。</source>
        <translation>{name} has signed.</translation>
    </message>
    <message>
        <source>{name} 未到。</source>
        <translation>{name} did not come.</translation>
    </message>
    <message>
        <source>{name} 拒签。</source>
        <translation>{name} refused to sign.</translation>
    </message>
    <message>
        <source>撤销登记</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>撤销原因（原登记留存备查）</source>
        <translation>Why it is taken back (the record is kept)</translation>
    </message>
    <message>
        <source>已撤销登记。</source>
        <translation>Taken back.</translation>
    </message>
    <message>
        <source>已登记。</source>
        <translation>Recorded.</translation>
    </message>
    <message>
        <source>没有待盖章的协议</source>
        <translation>No agreement waits for the seal</translation>
    </message>
</context>
<context>
    <name>Signing</name>
    <message>
        <source>{name}等 {n} 方</source>
        <translation>{name} and others, {n} in all</translation>
    </message>
    <message>
        <source>等候 {n} 天</source>
        <translation>waiting for {n} days</translation>
    </message>
    <message>
        <source>今日出具</source>
        <translation>issued today</translation>
    </message>
    <message>
        <source>{n} 份待盖章</source>
        <translation>{n} to be sealed</translation>
    </message>
    <message>
        <source>已签 {n}/{all}，待{who}</source>
        <translation>{n} of {all} signed, waiting for {who}</translation>
    </message>
    <message>
        <source>（拒签、未到 {n} 人）</source>
        <translation>({n} refused or absent)</translation>
    </message>
</context>
<context>
    <name>SigningCard</name>
    <message>
        <source>签署登记</source>
        <translation>Record signatures</translation>
    </message>
    <message>
        <source>全部当事人已签</source>
        <translation>All parties have signed</translation>
    </message>
    <message>
        <source>第一项签署登记后，协议内容即不能修改。</source>
        <translation>Once the first signature is recorded the agreement can no longer be changed.</translation>
    </message>
    <message>
        <source>拒绝签署</source>
        <translation>Refused to sign</translation>
    </message>
    <message>
        <source>待签署</source>
        <translation>To sign</translation>
    </message>
    <message>
        <source>已签署</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>各方当事人、调解员签署并加盖人民调解委员会印章后生效。</source>
        <translation>Takes effect when all parties and the mediator have signed and the committee&apos;s seal is set.</translation>
    </message>
    <message>
        <source>● {day}起生效。</source>
        <translation>● In effect from {day}.</translation>
    </message>
    <message>
        <source>共同申请司法确认最迟 {day}。</source>
        <translation>Last day to apply together for judicial confirmation: {day}.</translation>
    </message>
    <message>
        <source>已登记 {n} 方签署。</source>
        <translation>Signatures of {n} sides recorded.</translation>
    </message>
    <message>
        <source>一人一份</source>
        <translation>One for each</translation>
    </message>
    <message>
        <source>签字台</source>
        <translation>Sign desk</translation>
    </message>
</context>
<context>
    <name>SigningPage</name>
    <message>
        <source>文书管理</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>待签、待盖章</source>
        <translation>Waiting for signatures and seals</translation>
    </message>
    <message>
        <source>没有待签署、待盖章的协议。</source>
        <translation>No agreement waits for a signature or a seal.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>正在上传 {done}/{total}</source>
        <translation>Uploading {done}/{total}</translation>
    </message>
    <message>
        <source>{n} 件上传未成功，查看原因</source>
        <translation>{n} not taken, see why</translation>
    </message>
    <message>
        <source>待上传 {n} 件</source>
        <translation>{n} to upload</translation>
    </message>
    <message>
        <source>未联网，可照常办理</source>
        <translation>No network, work goes on</translation>
    </message>
    <message>
        <source>未接入区级平台，可照常办理</source>
        <translation>Not joined to the platform, work goes on</translation>
    </message>
    <message>
        <source>已全部上传 {at}</source>
        <translation>All uploaded {at}</translation>
    </message>
    <message>
        <source>本机时间{skew}，请联系运维人员校准</source>
        <translation>This PC&apos;s clock is {skew}; ask IT to set it</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>打印机 {name}</source>
        <translation>Printer {name}</translation>
    </message>
    <message>
        <source>系统默认</source>
        <translation>default</translation>
    </message>
    <message>
        <source>草稿已保存 {at}</source>
        <translation>Draft saved {at}</translation>
    </message>
    <message>
        <source>磁盘剩余 {mb} MB，请联系运维人员清理</source>
        <translation>{mb} MB left on the disk: ask IT to clear it</translation>
    </message>
    <message>
        <source>已 {n} 天没有备份</source>
        <translation>No backup for {n} days</translation>
    </message>
</context>
<context>
    <name>SubsidyPage</name>
    <message>
        <source>以案定补案件</source>
        <translation>Cases for the subsidy</translation>
    </message>
    <message>
        <source>确定类别</source>
        <translation>Set the class</translation>
    </message>
    <message>
        <source>审核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>打印申报表</source>
        <translation>Print the claim sheet</translation>
    </message>
    <message>
        <source>导出 Excel</source>
        <translation>Export to Excel</translation>
    </message>
    <message>
        <source>本月没有达成协议的调解案件。</source>
        <translation>No mediation came to an agreement in this month.</translation>
    </message>
    <message>
        <source>以案定补</source>
        <translation>Subsidy by case</translation>
    </message>
    <message>
        <source>共 {n} 件，未定类 {none} 件，待审核 {waiting} 件。类别由人员确定，程序不推荐。</source>
        <translation>{n} cases, {none} without a class, {waiting} to be reviewed. A person sets the class; the program proposes none.</translation>
    </message>
    <message>
        <source>未定类</source>
        <translation>No class yet</translation>
    </message>
    <message>
        <source>待审核</source>
        <translation>To be reviewed</translation>
    </message>
    <message>
        <source>未登记</source>
        <translation>Not recorded</translation>
    </message>
    <message>
        <source>调解员：{name}</source>
        <translation>Mediator: {name}</translation>
    </message>
    <message>
        <source>结案日期：{day}</source>
        <translation>Closed on: {day}</translation>
    </message>
    <message>
        <source>协议形式：{form}</source>
        <translation>Form of agreement: {form}</translation>
    </message>
    <message>
        <source>涉及人数：{n}</source>
        <translation>People: {n}</translation>
    </message>
    <message>
        <source>协议金额：{all} 元，已履行 {paid} 元</source>
        <translation>Agreed: {all} yuan, performed {paid} yuan</translation>
    </message>
    <message>
        <source>案件情况</source>
        <translation>The case</translation>
    </message>
    <message>
        <source>类别：{grade}</source>
        <translation>Class: {grade}</translation>
    </message>
    <message>
        <source>理由：{reason}</source>
        <translation>Reason: {reason}</translation>
    </message>
    <message>
        <source>定类人：{name}</source>
        <translation>Set by: {name}</translation>
    </message>
    <message>
        <source>审核：{answer}</source>
        <translation>Review: {answer}</translation>
    </message>
    <message>
        <source>定类</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>打开案件</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>确定案件类别</source>
        <translation>Set the class of the case</translation>
    </message>
    <message>
        <source>{yuan} 元</source>
        <translation>{yuan} yuan</translation>
    </message>
    <message>
        <source>审核案件类别</source>
        <translation>Review the class</translation>
    </message>
    <message>
        <source>以案定补申报表（{month}）</source>
        <translation>Claim sheet, subsidy by case ({month})</translation>
    </message>
</context>
<context>
    <name>TermDialog</name>
    <message>
        <source>修改条款</source>
        <translation>Edit a term</translation>
    </message>
    <message>
        <source>条款内容</source>
        <translation>Words of the term</translation>
    </message>
    <message>
        <source>修改理由</source>
        <translation>Reason for the change</translation>
    </message>
    <message>
        <source>提出修改意见时写明理由；直接保存的不必填写。</source>
        <translation>Give the reason when you propose a change; not needed for saving.</translation>
    </message>
    <message>
        <source>恢复生成</source>
        <translation>Generate again</translation>
    </message>
    <message>
        <source>提出修改意见</source>
        <translation>Propose a change</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>条款已保存。</source>
        <translation>Term saved.</translation>
    </message>
    <message>
        <source>修改意见已提出，等待采用。</source>
        <translation>Change proposed, waiting to be taken over.</translation>
    </message>
    <message>
        <source>存为本站条款</source>
        <translation>Keep for this station</translation>
    </message>
    <message>
        <source>引用依据</source>
        <translation>Cite an article</translation>
    </message>
    <message>
        <source>引用依据…</source>
        <translation>Cite an article…</translation>
    </message>
    <message>
        <source>条款已恢复为自动生成的内容。</source>
        <translation>The term is generated again.</translation>
    </message>
</context>
<context>
    <name>TermsCard</name>
    <message>
        <source>条款</source>
        <translation>Terms</translation>
    </message>
    <message>
        <source>添加条款</source>
        <translation>Add a term</translation>
    </message>
    <message>
        <source>按付款内容重新生成</source>
        <translation>Generate again from payments</translation>
    </message>
    <message>
        <source>协议条款</source>
        <translation>Terms of the agreement</translation>
    </message>
    <message>
        <source>已改写</source>
        <translation>reworded</translation>
    </message>
    <message>
        <source>条款已按付款内容生成；改写过的保持不变。</source>
        <translation>Terms generated from the payments; reworded ones are kept.</translation>
    </message>
    <message>
        <source>{n} 条修改意见</source>
        <translation>{n} proposed changes</translation>
    </message>
    <message>
        <source>条款库</source>
        <translation>Clause library</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>今日待办</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>新登记</source>
        <translation>New appeal</translation>
    </message>
    <message>
        <source>今日到期、已超期</source>
        <translation>Due today and overdue</translation>
    </message>
    <message>
        <source>两处修改不一致</source>
        <translation>Changed in two places</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>在办诉求</source>
        <translation>Open cases</translation>
    </message>
    <message>
        <source>查看全部在办诉求</source>
        <translation>All open cases</translation>
    </message>
    <message>
        <source>没有到期的事项，也没有草稿和在办诉求。</source>
        <translation>Nothing is due; there are no drafts and no open cases.</translation>
    </message>
    <message>
        <source>请选用</source>
        <translation>please choose</translation>
    </message>
    <message>
        <source>未命名</source>
        <translation>Untitled</translation>
    </message>
    <message>
        <source>{at} 保存</source>
        <translation>saved {at}</translation>
    </message>
    <message>
        <source>已超期 {n} 天</source>
        <translation>{n} days overdue</translation>
    </message>
    <message>
        <source>今日到期</source>
        <translation>due today</translation>
    </message>
    <message>
        <source>{yuan} 元</source>
        <translation>{yuan} yuan</translation>
    </message>
    <message>
        <source>{state}，第 {n} 日</source>
        <translation>{state}, day {n}</translation>
    </message>
    <message>
        <source>待联系、待回访</source>
        <translation>To contact, to visit</translation>
    </message>
    <message>
        <source>待联系</source>
        <translation>To contact</translation>
    </message>
    <message>
        <source>待回访</source>
        <translation>To visit</translation>
    </message>
    <message>
        <source>帮扶后续</source>
        <translation>Relief: follow-up</translation>
    </message>
    <message>
        <source>心理服务</source>
        <translation>Psychological service</translation>
    </message>
    <message>
        <source>待签、待盖章</source>
        <translation>Waiting for signatures and seals</translation>
    </message>
    <message>
        <source>待法律审查</source>
        <translation>To be reviewed by the consultant</translation>
    </message>
    <message>
        <source>审查后有改动</source>
        <translation>changed since the review</translation>
    </message>
    <message>
        <source>阻止 {n}</source>
        <translation>stops {n}</translation>
    </message>
    <message>
        <source>提醒 {n}</source>
        <translation>warnings {n}</translation>
    </message>
    <message>
        <source>{n} 条修改意见</source>
        <translation>{n} proposed changes</translation>
    </message>
    <message>
        <source>登记满意度</source>
        <translation>Enter satisfaction</translation>
    </message>
    <message>
        <source>新发令、超时发令</source>
        <translation>New and late orders</translation>
    </message>
    <message>
        <source>待复核的降低预警申请</source>
        <translation>Requests to lower a warning</translation>
    </message>
    <message>
        <source>超过五个第一时间时限</source>
        <translation>Past a limit of the five firsts</translation>
    </message>
    <message>
        <source>申请降为{colour}</source>
        <translation>asked to lower to {colour}</translation>
    </message>
    <message>
        <source>由他人复核</source>
        <translation>Another person decides</translation>
    </message>
    <message>
        <source>请复核</source>
        <translation>Please decide</translation>
    </message>
    <message>
        <source>{first}超时 {n} 小时</source>
        <translation>{first} {n} h late</translation>
    </message>
    <message>
        <source>{first}超时 {n} 分钟</source>
        <translation>{first} {n} min late</translation>
    </message>
    <message>
        <source>另有 {n} 件在办案件未查看，回车继续查看</source>
        <translation>{n} more open cases not looked at; Enter goes on</translation>
    </message>
    <message>
        <source>更早的案件</source>
        <translation>Older cases</translation>
    </message>
    <message>
        <source>到期的会商决定</source>
        <translation>Decisions of the meeting that are due</translation>
    </message>
    <message>
        <source>居民自助登记</source>
        <translation>What residents wrote</translation>
    </message>
    <message>
        <source>{day} 前，已逾期</source>
        <translation>by {day}, late</translation>
    </message>
</context>
<context>
    <name>TravelPage</name>
    <message>
        <source>立即同步</source>
        <translation>Upload now</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>接入区级平台</source>
        <translation>Join the platform</translation>
    </message>
    <message>
        <source>数据上传</source>
        <translation>Upload</translation>
    </message>
    <message>
        <source>同步进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>两处修改不一致</source>
        <translation>Changed in two places</translation>
    </message>
    <message>
        <source>上传未成功</source>
        <translation>Not taken</translation>
    </message>
    <message>
        <source>待上传</source>
        <translation>To upload</translation>
    </message>
    <message>
        <source>{n} 件、{ops} 条记录，均已保存在本机，联网后自动上传。</source>
        <translation>{n} cases, {ops} records, all kept on this computer; uploaded by itself when there is a network.</translation>
    </message>
    <message>
        <source>登记、调解、制作和打印文书不受影响，全部内容保存在本机。接入后自动上传。</source>
        <translation>Intake, mediation and papers work as usual; everything is kept on this computer and uploaded after joining.</translation>
    </message>
    <message>
        <source>还没有联系过</source>
        <translation>never</translation>
    </message>
    <message>
        <source>最近一次联系 {at}。</source>
        <translation>Last contact: {at}.</translation>
    </message>
    <message>
        <source>采用本站内容</source>
        <translation>Take ours</translation>
    </message>
    <message>
        <source>采用对方内容</source>
        <translation>Take theirs</translation>
    </message>
    <message>
        <source>已选用“{value}”。</source>
        <translation>Taken: “{value}”.</translation>
    </message>
    <message>
        <source>同步完成。</source>
        <translation>Uploaded and received.</translation>
    </message>
    <message>
        <source>导出到 U 盘</source>
        <translation>Export to a stick</translation>
    </message>
    <message>
        <source>从 U 盘导入</source>
        <translation>Import from a stick</translation>
    </message>
    <message>
        <source>选择 U 盘上的文件夹</source>
        <translation>Choose a folder on the stick</translation>
    </message>
    <message>
        <source>已写入 {name}（{n} 条记录、{m} 个附件）。收到平台的回执并导入以前，仍显示为待上传。</source>
        <translation>{name} written ({n} records, {m} files). They count as waiting until the platform&apos;s answer is imported.</translation>
    </message>
    <message>
        <source>选择平台带回的数据包</source>
        <translation>Choose the bundle the platform sent back</translation>
    </message>
    <message>
        <source>数据包 (*.gmb)</source>
        <translation>Bundle (*.gmb)</translation>
    </message>
    <message>
        <source>平台已收到 {n} 条，新收到 {m} 条。</source>
        <translation>The platform has {n} records; {m} new ones came.</translation>
    </message>
    <message>
        <source>重新上传选中的一项</source>
        <translation>Upload the chosen one again</translation>
    </message>
    <message>
        <source>{n} 条记录</source>
        <translation>{n} records</translation>
    </message>
    <message>
        <source>{n} 份文书和附件</source>
        <translation>{n} papers and attachments</translation>
    </message>
    <message>
        <source>站点、人员等本站资料</source>
        <translation>Station, people and other data of this station</translation>
    </message>
    <message>
        <source>自 {at}</source>
        <translation>since {at}</translation>
    </message>
    <message>
        <source>已重新列入待上传。</source>
        <translation>It waits to be uploaded again.</translation>
    </message>
    <message>
        <source>已传输 {size}</source>
        <translation>{size} carried</translation>
    </message>
    <message>
        <source>文书和附件 {n} 份，共 {size}。</source>
        <translation>Papers and attachments: {n}, {size} in all.</translation>
    </message>
    <message>
        <source>共享文件夹</source>
        <translation>Shared folder</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>not yet</translation>
    </message>
    <message>
        <source>共享文件夹“{folder}”：本站其他电脑 {n} 台，最近一次交换 {at}。</source>
        <translation>Shared folder “{folder}”: {n} other PCs of this station, last exchange {at}.</translation>
    </message>
    <message>
        <source>有 {n} 个文件不是本站电脑写出的或者不完整，没有采用：{names}。</source>
        <translation>{n} files there were not written by a PC of this station, or are not whole, and were not used: {names}.</translation>
    </message>
    <message>
        <source>{ops} 条本站资料的记录，均已保存在本机，联网后自动上传。</source>
        <translation>{ops} records of this station&apos;s own data are saved on this PC and will be uploaded once there is a connection.</translation>
    </message>
</context>
<context>
    <name>TrayDialog</name>
    <message>
        <source>归入</source>
        <translation>File to</translation>
    </message>
    <message>
        <source>{title}（第 {n} 版）</source>
        <translation>{title} (version {n})</translation>
    </message>
    <message>
        <source>案件附件（不属于某份文书）</source>
        <translation>Attachment of the case (no paper)</translation>
    </message>
    <message>
        <source>页码</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>归入本案</source>
        <translation>File to this case</translation>
    </message>
    <message>
        <source>移出待归档页</source>
        <translation>Take out</translation>
    </message>
    <message>
        <source>原因（记入查阅记录）</source>
        <translation>Reason (kept in the access log)</translation>
    </message>
</context>
<context>
    <name>UnitChoice</name>
    <message>
        <source>单位名单</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>可直接送达</source>
        <translation>Reached directly</translation>
    </message>
    <message>
        <source>{name}：设为直接送达</source>
        <translation>{name}: reached directly from now on</translation>
    </message>
    <message>
        <source>该单位已接入本系统，平台代码 {code}</source>
        <translation>This unit works with the program; code on the platform {code}</translation>
    </message>
    <message>
        <source>已将{name}设为直接送达。</source>
        <translation>{name} is reached directly from now on.</translation>
    </message>
</context>
<context>
    <name>Unsaved</name>
    <message>
        <source>放弃未保存的内容</source>
        <translation>Discard what is unsaved</translation>
    </message>
    <message>
        <source>◆ 协议已有签署，不能再修改；此前未保存的内容没有用上。</source>
        <translation>◆ The agreement has signatures and cannot be changed; what was unsaved was not used.</translation>
    </message>
    <message>
        <source>◆ 协议在别处有了新的修改，您未保存的内容没有被覆盖。保存后以您的内容为准；要先看新的修改，请放弃未保存的内容。</source>
        <translation>◆ The agreement was changed elsewhere; what you had not saved was not overwritten. Saving makes your version stand; to see the new changes first, discard what is unsaved.</translation>
    </message>
    <message>
        <source>◆ 已恢复 {at} 未保存的内容，请核对后保存。</source>
        <translation>◆ What was unsaved at {at} is back; check it and save.</translation>
    </message>
    <message>
        <source>调解协议&#x3000;{title}</source>
        <translation>Agreement: {title}</translation>
    </message>
</context>
<context>
    <name>UpdateCard</name>
    <message>
        <source>下载新版本的进度</source>
        <translation>Progress of fetching the new version</translation>
    </message>
    <message>
        <source>现在更新</source>
        <translation>Update now</translation>
    </message>
    <message>
        <source>查看有没有新版本</source>
        <translation>Look for a new version</translation>
    </message>
    <message>
        <source>停止下载</source>
        <translation>Stop fetching</translation>
    </message>
    <message>
        <source>退回上一版本</source>
        <translation>Go back to the version before</translation>
    </message>
    <message>
        <source>程序更新</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>更新内容：{notes}</source>
        <translation>What is new: {notes}</translation>
    </message>
    <message>
        <source>下次打开程序时使用 {version}，现在可以继续办理。</source>
        <translation>{version} is used from the next start on; work can go on now.</translation>
    </message>
    <message>
        <source>正在使用 {own}，有新版本 {version}。</source>
        <translation>{own} is running; version {version} is available.</translation>
    </message>
    <message>
        <source>{own} 已是最新版本，最近一次查看 {at}。</source>
        <translation>{own} is the latest version, last looked at {at}.</translation>
    </message>
    <message>
        <source>正在使用 {own}。</source>
        <translation>{own} is running.</translation>
    </message>
    <message>
        <source>区级平台已撤回正在使用的版本，请退回上一版本，登记的内容都会保留。</source>
        <translation>The district has recalled the version that is running. Please go back to the one before; everything recorded stays.</translation>
    </message>
    <message>
        <source>没有新版本。</source>
        <translation>There is no new version.</translation>
    </message>
    <message>
        <source>已备份数据并更新到 {version}，下次打开程序时生效，现在可以继续办理。</source>
        <translation>The data is backed up and {version} is ready from the next start on; work can go on now.</translation>
    </message>
    <message>
        <source>下次打开程序时使用 {version}，登记的内容没有改动。</source>
        <translation>{version} is used from the next start on; what was recorded is unchanged.</translation>
    </message>
</context>
<context>
    <name>Updating</name>
    <message>
        <source>有新版本 {version}，方便时可以在“系统设置－关于”中更新。</source>
        <translation>Version {version} is available; update under Settings, About, when it suits you.</translation>
    </message>
</context>
<context>
    <name>Warning</name>
    <message>
        <source>等级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>权重 {n}</source>
        <translation>Weight {n}</translation>
    </message>
    <message>
        <source>{who}申请降为{to}：{why}</source>
        <translation>{who} asks to lower it to {to}: {why}</translation>
    </message>
    <message>
        <source>同意降低</source>
        <translation>Agree</translation>
    </message>
    <message>
        <source>已复核同意，预警已降低。</source>
        <translation>Agreed; the colour was lowered.</translation>
    </message>
    <message>
        <source>不同意降低</source>
        <translation>Decline</translation>
    </message>
    <message>
        <source>等待另一人复核。</source>
        <translation>Waiting for another person.</translation>
    </message>
</context>
<context>
    <name>WarningDialog</name>
    <message>
        <source>预警</source>
        <translation>Warning</translation>
    </message>
    <message>
        <source>按规则提高</source>
        <translation>Raise by the rules</translation>
    </message>
    <message>
        <source>提高预警</source>
        <translation>Raise the colour</translation>
    </message>
    <message>
        <source>申请降低预警</source>
        <translation>Ask to lower the colour</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>没有预警</source>
        <translation>No warning</translation>
    </message>
    <message>
        <source>按现在的规则，本案没有预警情形。</source>
        <translation>By the present rules nothing calls for a warning in this case.</translation>
    </message>
    <message>
        <source>{basis}。预警只提示关注，不作为对当事人的认定。</source>
        <translation>{basis}. A warning only asks for attention; it says nothing about the parties.</translation>
    </message>
    <message>
        <source>已按规则提高预警。</source>
        <translation>The colour was raised by the rules.</translation>
    </message>
    <message>
        <source>降低预警须由一人提出并写明理由，另一人复核同意后才会降低。</source>
        <translation>One person asks with a reason; the colour falls only when another agrees.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>{n} 字节</source>
        <translation>{n} bytes</translation>
    </message>
</context>
<context>
    <name>_Line</name>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
</context>
</TS>
