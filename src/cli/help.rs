//! What the command line accepts, and how it says so in both languages.

use super::{USAGE, bare, give, say};
use crate::diagnostic::{Language, Words, faults};
use crate::words;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP_ZH: &str = "\
unionplan：把工会年度工作计划变成网站

用法：
  unionplan [命令] [选项]

命令：
  build    检查数据并生成网站（不写命令时就是它）
  check    只检查，不生成
  watch    留意数据的变化，保存后自动重新生成，直到按 Ctrl+C
  serve    同 watch，并在浏览器里预览；保存后网页自动更新，有错直接显示
  import   把通知（Word、Excel、网页或文字）读成计划，例如 unionplan import 通知.docx
  new      新建一年的计划，照上一年的框架，例如 unionplan new 2022
  export   把一年的计划导出成 Excel 工作簿（.xlsx），改好可以再导入

选项：
  --root <文件夹>     放着 data 的文件夹，默认是当前文件夹
  --out <文件夹>      网站写到哪里，默认是 root 下面的 public
  --base-url <网址>   网站将来的网址，例如 https://gh.example.edu.cn/
  --strict            有提醒也不生成
  --overwrite         允许覆盖网站文件夹里不是 unionplan 生成的同名文件
  --compress          在网页等文本文件旁边另存 .gz 和 .br 压缩件，供网站服务器直接发送
  --durable           先确保写到磁盘上，再更换网站，突然断电也不怕（稍慢）
  --poll              用于 watch 和 serve：每秒查看一次，用于收不到变化通知的共享文件夹
  --port <数字>       用于 serve：预览用哪个端口，默认 8021，被占用就往后找
  --prefix <路径>     用于 serve：预览放在哪个子目录下，例如 /gonghui/
  --open              用于 serve：自动打开浏览器
  --lan               用于 serve：同一网络里的手机和电脑也能打开
  --branch <id>       用于 new、import 和 export：分工会的文件夹名，例如 library
  --force             用于 new 和 import：已经有计划也重新写，旧的另存在旁边；用于 export：覆盖同名文件
  --year <年份>       用于 import：通知里看不出是哪一年的；用于 export：导出哪一年的，默认最近一年
  --stdout            用于 import：只显示读出来的计划，不写文件
  --contacts          用于 import：联系人的电话、邮箱也放进通知正文（默认不放）
  -o <文件>           用于 export：写成哪个文件，默认是当前文件夹里的“2021年工作安排表.xlsx”
  --format <text|json>  检查结果的格式：给人看，或给程序读（默认 text）；用于 export：只有 xlsx
  --lang <zh|en>      提示用中文还是英文，默认看系统语言
  -h, --help          显示这段说明
  -V, --version       显示版本

例子：
  unionplan                      生成网站，写到 public
  unionplan check                看看数据有没有写错
  unionplan serve --open         一边改，一边在浏览器里看
  unionplan new 2022             新建2022年的计划
  unionplan export --year 2021   导出2021年的计划
  unionplan build --out D:\\网站  把网站写到别处

退出码：0 正常，1 数据有错，2 命令写错，3 读写失败
";

const HELP_EN: &str = "\
unionplan: turns a union's yearly work plan into a website

Usage:
  unionplan [COMMAND] [OPTIONS]

Commands:
  build    check the data and build the site (the default)
  check    check only
  watch    build again whenever the data changes, until Ctrl+C
  serve    watch, and show the site in a browser, which follows each change and shows faults
  import   read a notice (Word, Excel, web page or text), such as unionplan import notice.docx
  new      begin a year with the structure of the last, such as unionplan new 2022
  export   write a year's plan as a workbook (.xlsx), which can be edited and imported again

Options:
  --root <DIR>        the folder that holds data, by default the current one
  --out <DIR>         where the site goes, by default public under the root
  --base-url <URL>    the site's address, such as https://union.example.edu/
  --strict            warnings stop the build, too
  --overwrite         files of the output that unionplan did not make may be overwritten
  --compress          .gz and .br variants beside text files, for servers to deliver
  --durable           flush to disk before the site is switched, against a loss of power (slower)
  --poll              with watch and serve: look every second, for shares that tell nothing of
                      changes
  --port <NUMBER>     with serve: the port, by default 8021 or the next that is free
  --prefix <PATH>     with serve: the folder that the site stands in, such as /union/
  --open              with serve: open the browser
  --lan               with serve: let phones and computers of the same network in
  --branch <ID>       with new, import and export: the folder of a branch, such as library
  --force             with new and import: write the plan even if there is one, which is kept
                      beside it; with export: overwrite the file
  --year <YEAR>       with import: the year, if the notice does not say it; with export: the
                      year, by default the latest
  --stdout            with import: print the plan and write nothing
  --contacts          with import: keep telephone numbers and mail addresses in the letter
  -o <FILE>           with export: the file, by default 2021年工作安排表.xlsx in the current folder
  --format <text|json>  what is found, for people or for programs (default text); with export: xlsx
  --lang <zh|en>      language of messages, by default the system's
  -h, --help          show this
  -V, --version       show the version

Examples:
  unionplan                     build the site into public
  unionplan check               see whether the data is sound
  unionplan serve --open        edit, and watch it in the browser
  unionplan new 2022            begin the plan of 2022
  unionplan export --year 2021  write the plan of 2021 as a workbook
  unionplan build --out /srv/www

Exit codes: 0 fine, 1 faults in the data, 2 wrong usage, 3 could not read or write
";

/// The command line.
pub fn command() -> Command {
    let switch = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let value = |name: &'static str| Arg::new(name).long(name);
    let serve = bare("serve").args([
        value("port").value_parser(value_parser!(u16)).allow_negative_numbers(true),
        value("prefix"),
        switch("open"),
        switch("lan"),
        switch("poll"),
    ]);
    let new = bare("new").args([
        Arg::new("year").allow_negative_numbers(true),
        value("branch"),
        switch("force"),
    ]);
    let import = bare("import").args([
        Arg::new("file").value_parser(value_parser!(PathBuf)),
        value("year").allow_negative_numbers(true),
        value("branch"),
        switch("force"),
        switch("stdout"),
        switch("contacts"),
    ]);
    let export = bare("export").args([
        value("format").value_parser(["xlsx"]),
        value("year").value_parser(value_parser!(i32)).allow_negative_numbers(true),
        value("branch").alias("union"),
        value("output").short('o').value_parser(value_parser!(PathBuf)),
        switch("force"),
    ]);
    options(bare("unionplan"))
        .subcommand(import)
        .subcommand(bare("build"))
        .subcommand(bare("check"))
        .subcommand(bare("watch").arg(switch("poll")))
        .subcommand(serve)
        .subcommand(new)
        .subcommand(export)
}

fn options(command: Command) -> Command {
    let folder = |name: &'static str| Arg::new(name).value_parser(value_parser!(PathBuf));
    let switch = |name: &'static str| Arg::new(name).action(ArgAction::SetTrue);
    let choice =
        |name: &'static str, values: [&'static str; 2]| Arg::new(name).value_parser(values);
    let options = [
        folder("root"),
        folder("out"),
        Arg::new("base-url"),
        switch("strict"),
        switch("overwrite"),
        switch("compress"),
        switch("durable"),
        choice("format", ["text", "json"]).default_value("text"),
        choice("lang", ["zh", "en"]),
        switch("help").short('h'),
        switch("version").short('V'),
    ];
    command.args(options.map(|option| {
        let name = option.get_id().to_string();
        option.long(name).global(true)
    }))
}

/// Prints the help, or the version; to stdout, since it was asked for.
pub fn show(arguments: &clap::ArgMatches, language: Language) -> Option<ExitCode> {
    if arguments.get_flag("help") {
        give(format_args!("{}", text(language)));
        return Some(ExitCode::SUCCESS);
    }
    if arguments.get_flag("version") {
        give(format_args!("unionplan {}\n", env!("CARGO_PKG_VERSION")));
        return Some(ExitCode::SUCCESS);
    }
    None
}

fn text(language: Language) -> &'static str {
    match language {
        Language::Chinese => HELP_ZH,
        Language::English => HELP_EN,
    }
}

/// Says what was wrong with a call, and where to read what can be called.
pub fn explain(error: &clap::Error, arguments: &[String], language: Language) -> ExitCode {
    let message = misunderstood(error, arguments);
    say(format_args!("{}\n", message.get(language)));
    let all = words!("全部用法：unionplan --help", "All options: unionplan --help");
    say(format_args!("{}\n", all.get(language)));
    ExitCode::from(USAGE)
}

fn misunderstood(error: &clap::Error, arguments: &[String]) -> Words {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    // Clap names an option with its placeholder: `--root <root>`.
    let argument = context(ContextKind::InvalidArg);
    let argument = argument.split(" <").next().unwrap_or(&argument);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let written = context(ContextKind::InvalidSubcommand);
            let commands = command();
            let names = commands.get_subcommands().map(Command::get_name);
            let Words { zh, en } = guess(faults::nearest(&written, names));
            words!("没有“{written}”这个命令{zh}", "there is no command “{written}”{en}")
        }
        ErrorKind::UnknownArgument => unknown(argument, arguments),
        ErrorKind::InvalidValue if value.is_empty() => {
            words!("{argument} 后面少了内容", "{argument} needs a value")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let Words { zh, en } = match argument {
                "--port" => words!(
                    "：写1到65535之间的数字，例如 8021",
                    ": give a number from 1 to 65535, such as 8021"
                ),
                "--format" if arguments.iter().any(|word| word == "export") => {
                    words!("：写 xlsx", ": give xlsx")
                }
                "--format" => words!("：写 text 或 json", ": give text or json"),
                "--year" => {
                    words!("：写四位数字，例如 2021", ": give four digits, such as 2021")
                }
                "--lang" => words!("：写 zh 或 en", ": give zh or en"),
                _ => words!("", ""),
            };
            words!("{argument} 不能是“{value}”{zh}", "{argument} can't be “{value}”{en}")
        }
        ErrorKind::ArgumentConflict => words!("{argument} 写了两次", "{argument} is given twice"),
        _ => words!("命令写得不对", "the call is not understood"),
    }
}

/// Something that the command does not know: an option of another, or one that is misspelt.
fn unknown(argument: &str, arguments: &[String]) -> Words {
    // Clap takes `-port` for a heap of short options and names the first.
    let is_it =
        |word: &&str| *word == argument || argument.len() == 2 && word.starts_with(argument);
    let position = arguments.iter().position(|word| is_it(&option_name(word)));
    let written = position.map_or(argument, |position| option_name(&arguments[position]));
    let all = command();
    let owners: Vec<&Command> =
        all.get_subcommands().filter(|command| find(command, written).is_some()).collect();
    if let Some((owner, option)) =
        owners.first().and_then(|owner| Some((owner.get_name(), find(owner, written)?)))
    {
        let names: Vec<&str> = owners.iter().map(|owner| owner.get_name()).collect();
        let (zh, en) = (names.join("、"), names.join(" and "));
        let call =
            position.map_or_else(String::new, |position| as_given(option, &arguments[position..]));
        return words!(
            "{written} 只能和 {zh} 一起用：unionplan {owner} {call}",
            "{written} goes with {en} only: unionplan {owner} {call}"
        );
    }
    let names = std::iter::once(&all)
        .chain(all.get_subcommands())
        .flat_map(Command::get_arguments)
        .filter_map(Arg::get_long);
    // Dashes are alike in all of them.
    let near = written
        .starts_with('-')
        .then(|| faults::nearest(written.trim_start_matches('-'), names))
        .flatten()
        .map(|name| format!("--{name}"));
    let Words { zh, en } = guess(near.as_deref());
    words!("不认识“{written}”{zh}", "“{written}” is not understood{en}")
}

/// An argument without the value that may hang on it: `--port` of `--port=80`.
fn option_name(argument: &str) -> &str {
    argument.split('=').next().unwrap_or(argument)
}

/// The option of that name which a command has for itself.
fn find<'a>(command: &'a Command, written: &str) -> Option<&'a Arg> {
    let name = written.strip_prefix("--")?;
    command.get_arguments().find(|option| option.get_long() == Some(name))
}

/// An option as it was given, with its value; `arguments` begin with it.
fn as_given(option: &Arg, arguments: &[String]) -> String {
    let [first, rest @ ..] = arguments else { return String::new() };
    match rest.first() {
        Some(value) if option.get_action().takes_values() && !first.contains('=') => {
            format!("{first} {value}")
        }
        _ => first.clone(),
    }
}

fn guess(near: Option<&str>) -> Words {
    match near {
        Some(near) => words!("，是不是“{near}”？", "; is it “{near}”?"),
        None => words!("", ""),
    }
}
